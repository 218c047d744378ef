/* Iets nieuws op straat: een plek aanwijzen, en bewaren ook zonder bereik. Tekst is altijd tekst. */

import { tekenGebieden, tekenNamen } from "./gebieden.js";
import { haalWeg, nieuwEigen, stuur, stuurAlles, wachtend, zetErbij } from "./straat_wachtrij.js";

const vorm = document.querySelector("[data-straat]");
const knop = vorm.querySelector("[data-bewaar]");
const vak = document.querySelector("[data-kaart]");
const plekzin = document.querySelector("[data-plekzin]");
const wachtvak = document.querySelector("[data-wacht]");
const zeg = document.querySelector("[data-zeg]");
const VELDEN = ["naam", "soort", "themas", "lon", "lat", "plek", "omschrijving"];
const OPNIEUW = 20000;
const DICHTBIJ = 16;
let bezig = false;

/* ---- de plek ---- */

const { kaart, gebieden, namen, punten, ondergrond } = window.socialekaart;

function wijs(plek, zin) {
  vorm.elements.lon.value = plek.lng.toFixed(5);
  vorm.elements.lat.value = plek.lat.toFixed(5);
  vorm.elements.plek.value = "";
  tekenPunt();
  const ver = kaart.getZoom() < DICHTBIJ - 1;
  if (ver) kaart.setView(plek, DICHTBIJ, { animate: false });
  plekzin.textContent = ver ? `${zin} Tik nog eens om het preciezer te zetten.` : zin;
  wisFout("plek");
}

function tekenPunt() {
  punten.clearLayers();
  if (!vorm.elements.lon.value) return;
  const plek = L.latLng(vorm.elements.lat.value, vorm.elements.lon.value);
  L.marker(plek, { interactive: false, keyboard: false, icon: L.divIcon({ className: "straatpunt", iconSize: [30, 30] }) }).addTo(punten);
}

function wisPunt() {
  vorm.elements.lon.value = "";
  vorm.elements.lat.value = "";
  punten.clearLayers();
  plekzin.textContent = plekzin.dataset.begin;
}

vorm.elements.plek.addEventListener("input", () => {
  if (vorm.elements.lon.value) wisPunt();
  wisFout("plek");
});

const hier = document.querySelector("[data-hier]");
hier.hidden = !navigator.geolocation;
hier.addEventListener("click", () => {
  plekzin.textContent = "Wij vragen uw telefoon waar u bent.";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => wijs(L.latLng(coords.latitude, coords.longitude), "De plek is waar u nu staat."),
    () => { plekzin.textContent = "Uw telefoon gaf geen plek. Tik op de kaart, of typ de buurt."; },
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 0 },
  );
});

async function maakKaart() {
  kaart.invalidateSize({ animate: false });
  for (const [naam, woord] of [["in", "Kaart groter"], ["out", "Kaart kleiner"]]) {
    const zoom = vak.querySelector(`.leaflet-control-zoom-${naam}`);
    zoom.title = woord;
    zoom.setAttribute("aria-label", woord);
  }
  const straten = document.querySelector("[data-ondergrond]");
  if (ondergrond && straten) {
    straten.hidden = false;
    straten.addEventListener("click", () => {
      const aan = !kaart.hasLayer(ondergrond);
      if (aan) ondergrond.addTo(kaart);
      else ondergrond.remove();
      straten.setAttribute("aria-pressed", String(aan));
      document.querySelector("[data-ondergrond-bron]").hidden = !aan;
      vak.classList.toggle("kaartvak--straten", aan);
    });
  }
  try {
    const keuze = { code: "", klik: (gebied, plek) => wijs(plek, `De plek ligt in ${gebied.naam}.`) };
    const { lagen } = await tekenGebieden(gebieden, "buurt", vak.dataset.vormen, keuze);
    const toonNamen = () => tekenNamen(kaart, namen, lagen, "buurt", []);
    kaart.on("moveend", toonNamen);
    toonNamen();
  } catch {
    plekzin.textContent = "De kaart kon niet worden opgehaald. Typ de postcode of de buurt.";
  }
  tekenPunt();
  vak.dataset.klaar = "ja";
}

/* ---- fouten ---- */

function toonFouten(fouten) {
  for (const naam of ["", ...VELDEN]) wisFout(naam);
  for (const [naam, tekst] of Object.entries(fouten)) {
    const regel = foutregel(VELDEN.includes(naam) ? naam : "");
    regel.textContent = tekst;
    regel.hidden = false;
    const veld = vorm.querySelector(`#veld-${naam || "geen"}`);
    veld?.setAttribute("aria-invalid", "true");
    veld?.setAttribute("aria-describedby", regel.id);
  }
  const eerste = VELDEN.find((naam) => fouten[naam]);
  const veld = eerste && (vorm.querySelector(`#veld-${eerste}`) ?? vorm.querySelector(`[name="${eerste}"]`));
  (veld ?? foutregel("")).focus();
}

function foutregel(naam) {
  return vorm.querySelector(`[data-fout="${naam}"]`) ?? vorm.querySelector('[data-fout=""]');
}

function wisFout(naam) {
  const regel = vorm.querySelector(`[data-fout="${naam}"]`);
  if (regel) regel.hidden = true;
  const veld = naam && vorm.querySelector(`#veld-${naam}`);
  if (!veld) return;
  veld.removeAttribute("aria-invalid");
  veld.removeAttribute("aria-describedby");
}

/* ---- bewaren ---- */

function lees() {
  const gegeven = new FormData(vorm);
  return { eigen: vorm.elements.eigen.value, velden: Object.fromEntries(VELDEN.map((naam) => [naam, gegeven.get(naam) ?? ""])) };
}

function maakLeeg() {
  vorm.reset();
  wisPunt();
  for (const veld of vorm.querySelectorAll("input[type=radio]")) veld.checked = false;
  for (const naam of ["naam", "plek", "omschrijving"]) vorm.elements[naam].value = "";
  vorm.elements.eigen.value = nieuwEigen();
}

function vul({ eigen, velden, fouten }) {
  maakLeeg();
  vorm.elements.eigen.value = eigen;
  for (const naam of VELDEN) vorm.elements[naam].value = velden[naam] ?? "";
  tekenPunt();
  toonFouten(fouten);
}

vorm.addEventListener("submit", async (event) => {
  const een = lees();
  if (!een.velden.lon && !een.velden.plek.trim()) {
    event.preventDefault();
    toonFouten({ plek: "Tik op de kaart waar het is, of typ een postcode of buurt." });
    return;
  }
  try {
    zetErbij(een);
  } catch {
    return; /* Deze browser bewaart niets: dan gaat het formulier gewoon weg. */
  }
  event.preventDefault();
  if (bezig) return;
  bezig = true;
  knop.disabled = true;
  const gezegd = await stuur(een);
  bezig = false;
  knop.disabled = false;
  if (gezegd?.adres) {
    haalWeg(een.eigen);
    maakLeeg();
    location.assign(gezegd.adres);
  } else if (gezegd) {
    haalWeg(een.eigen);
    if (gezegd.fouten[""]) vorm.elements.eigen.value = nieuwEigen();
    toonFouten(gezegd.fouten);
  } else {
    maakLeeg();
    toonWachtend();
    wachtvak.focus();
  }
});

/* ---- wat wacht ---- */

function toonWachtend() {
  const rij = wachtend();
  const lijst = wachtvak.querySelector("ul");
  lijst.replaceChildren(...rij.map(regel));
  const klaar = rij.filter(({ fouten }) => !fouten).length;
  const stuk = rij.length - klaar;
  const zinnen = [klaar && `${klaar} ${klaar === 1 ? "wacht" : "wachten"} op bereik`, stuk && `${stuk} ${stuk === 1 ? "moet" : "moeten"} anders`];
  wachtvak.querySelector("[data-wacht-kop]").textContent = zinnen.filter(Boolean).join(", ");
  wachtvak.querySelector("[data-wacht-uitleg]").hidden = !klaar;
  wachtvak.hidden = !rij.length;
}

function regel(een) {
  const deel = document.createElement("li");
  deel.textContent = een.velden.naam;
  if (een.fouten) {
    const waarom = document.createElement("p");
    waarom.textContent = Object.values(een.fouten).join(" ");
    deel.append(waarom, doe("Verbeter", een, () => vul(een)), doe("Gooi weg", een, () => {}));
  }
  return deel;
}

function doe(woord, een, wat) {
  const knopje = document.createElement("button");
  knopje.type = "button";
  knopje.className = "nl-button nl-button--secondary nl-button--klein";
  knopje.textContent = woord;
  knopje.addEventListener("click", () => {
    haalWeg(een.eigen);
    toonWachtend();
    wat();
  });
  return knopje;
}

function bijVerzonden(een, adres) {
  const link = document.createElement("a");
  link.className = "nl-link";
  link.href = adres;
  link.textContent = een.velden.naam;
  const zin = document.createElement("p");
  zin.append("Opgeslagen: ", link);
  zeg.append(zin);
  zeg.hidden = false;
}

async function probeer() {
  if (bezig || !wachtend().some(({ fouten }) => !fouten)) return;
  bezig = true;
  await stuurAlles(bijVerzonden);
  bezig = false;
  toonWachtend();
}

window.addEventListener("online", probeer);
document.addEventListener("visibilitychange", () => { if (!document.hidden) probeer(); });
setInterval(probeer, OPNIEUW);

/* ---- begin ---- */

vorm.elements.eigen.value = nieuwEigen();
toonWachtend();
navigator.serviceWorker?.register("/bijwerken/sw.js", { scope: "/bijwerken/nieuw" }).catch(() => {});
await maakKaart();
await probeer();
