/* De kaart en de lijst in stap: een keuze, een filterstand in de adresbalk, tekst altijd als tekst. */

import { gebiedsmerk, groep, merk } from "./merken.js";
import { los, tekenGebieden, tekenNamen, vak as ruim } from "./gebieden.js";

const { kaart, gebieden, namen, punten, ondergrond } = window.socialekaart;
const vak = document.querySelector("[data-kaart]");
const lijst = document.querySelector("[data-lijst]");
const melding = document.querySelector("[data-melding]");
const wat = vak.dataset.wat;
const niveau = vak.dataset.niveau;
const ROND = 5;
const HOEKEN = [0, 180, 90, 270, 45, 135, 225, 315, 22, 68, 112, 158, 202, 248, 292, 338];

let lagen = {};
let toon = Number(new URLSearchParams(location.search).get("toon")) || 0;
let bekend = null;
let onderweg = null;
let merken = new Map();
const kroon = L.layerGroup().addTo(kaart);
let gekozen = new URLSearchParams(location.search).get("gekozen") ?? "";

/* ---- adresbalk ---- */

function filters() {
  const vraag = new URLSearchParams(location.search);
  for (const weg of ["kaart", "gekozen", "toon", "niveau"]) vraag.delete(weg);
  vraag.set("wat", wat);
  return vraag;
}

function onthoud() {
  const vraag = new URLSearchParams(location.search);
  const midden = kaart.getCenter();
  vraag.set("kaart", [kaart.getZoom(), midden.lat.toFixed(ROND), midden.lng.toFixed(ROND)].join("/"));
  if (toon) vraag.set("toon", toon);
  if (gekozen) vraag.set("gekozen", gekozen);
  else vraag.delete("gekozen");
  history.replaceState(null, "", `?${vraag}`);
}

/* Links en filters houden de stand van de kaart vast. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".schakelaar a, .filterrij a");
  if (!link) return;
  const doel = new URL(link.href);
  doel.searchParams.set("kaart", new URLSearchParams(location.search).get("kaart") ?? "");
  link.href = doel;
});

document.querySelector("[data-filters]").addEventListener("formdata", (event) => {
  for (const naam of new Set(event.formData.keys())) {
    if (!event.formData.getAll(naam).some(Boolean)) event.formData.delete(naam);
  }
  if (event.formData.getAll("lijn").length === 3) event.formData.delete("lijn");
  const stand = new URLSearchParams(location.search).get("kaart");
  if (stand) event.formData.set("kaart", stand);
});

function begin() {
  const [zoom, lat, lon] = (new URLSearchParams(location.search).get("kaart") ?? "").split("/").map(Number);
  if (Number.isFinite(zoom) && Number.isFinite(lat) && Number.isFinite(lon)) kaart.setView([lat, lon], zoom, { animate: false });
}

/* ---- punten ---- */

function bbox() {
  const rand = kaart.getBounds();
  const getal = (graad, laagst, hoogst) => Math.min(hoogst, Math.max(laagst, graad)).toFixed(ROND);
  return [getal(rand.getWest(), -180, 180), getal(rand.getSouth(), -85, 85), getal(rand.getEast(), -180, 180), getal(rand.getNorth(), -85, 85)].join(",");
}

async function ververs() {
  onderweg?.abort();
  onderweg = new AbortController();
  const vraag = filters();
  vraag.set("bbox", bbox());
  vraag.set("zoom", Math.round(kaart.getZoom()));
  try {
    const antwoord = await fetch(`/api/v1/kaart/punten?${vraag}`, { signal: onderweg.signal });
    if (!antwoord.ok) throw new Error(`punten ${antwoord.status}`);
    tekenPunten(await antwoord.json());
    melding.hidden = true;
  } catch (fout) {
    if (fout.name === "AbortError") return;
    zeg("De punten konden niet worden opgehaald. Controleer de verbinding en schuif de kaart een stukje.");
  }
  vak.dataset.klaar = "ja";
}

function zeg(tekst) {
  melding.textContent = tekst;
  melding.hidden = false;
}

function tekenPunten(verzameling) {
  punten.clearLayers();
  merken = new Map();
  const bezet = opDeKaart();
  for (const { geometry, properties: p } of verzameling.features) {
    let plek = L.latLng(geometry.coordinates[1], geometry.coordinates[0]);
    const [teken, maat, woorden] = vorm(p);
    /* Een gebied heeft geen punt: zijn merk schuift opzij voor merken die er wel een hebben. */
    if (p.zonder_plek) plek = kaart.containerPointToLatLng(vrijePlek(kaart.latLngToContainerPoint(plek), maat, p, bezet));
    bezet.push(ruimte(kaart.latLngToContainerPoint(plek), maat, p));
    const teller = L.marker(plek, {
      title: woorden,
      alt: woorden,
      riseOnHover: true,
      icon: L.divIcon({ className: `kaart-merk${p.id && p.id === gekozen ? " kaart-merk--gekozen" : ""}`, html: teken, iconSize: [maat, maat] }),
    });
    teller.on("click", () => klik(p, plek));
    teller.on("keydown", (event) => {
      if (["Enter", " "].includes(event.originalEvent.key)) {
        event.originalEvent.preventDefault();
        klik(p, plek);
      }
    });
    teller.addTo(punten);
    if (p.id) merken.set(p.id, teller);
  }
  tekenNamen(kaart, namen, lagen, niveau, bezet);
}

/* Wat boven de kaart ligt: legenda, knoppen en de lade van de telefoon, in punten van de kaart. */
function opDeKaart() {
  const kader = vak.getBoundingClientRect();
  return [...vak.querySelectorAll(".kaartvak__legenda, .kaartvak__boven > *, .leaflet-bar, [data-ondergrond]"), document.querySelector("[data-lade]")]
    .map((blok) => blok.getBoundingClientRect())
    .map((rand) => ({ links: rand.left - kader.left, rechts: rand.right - kader.left, boven: rand.top - kader.top, onder: rand.bottom - kader.top }));
}

/* De ruimte die een merk inneemt, met de naam van de gemeente die eronder staat. */
function ruimte(punt, maat, p) {
  if (!p.zonder_plek || !p.gebied.startsWith("GM")) return ruim(punt, maat, maat);
  const breed = Math.max(maat, (p.gebied_naam.length + 5) * 7);
  return ruim({ x: punt.x, y: punt.y + 8 }, breed, maat + 16);
}

function vrijePlek(punt, maat, p, bezet) {
  for (const straal of [0, 30, 44, 62, 84, 108, 134, 162]) {
    for (const hoek of straal ? HOEKEN : [0]) {
      const boog = (hoek * Math.PI) / 180;
      const plek = L.point(punt.x + straal * Math.cos(boog), punt.y + straal * Math.sin(boog));
      if (bezet.every((ander) => los(ruimte(plek, maat, p), ander))) return plek;
    }
  }
  return punt;
}

/* Bij een hele gemeente staat de naam eronder: het getal is niet van de buurt waar het toevallig staat. */
function gebiedsteken(p) {
  const teken = gebiedsmerk(p.aantal);
  if (!p.gebied.startsWith("GM")) return teken;
  const geheel = document.createElement("span");
  const naam = document.createElement("span");
  geheel.className = "kaart-merk__geheel";
  naam.className = "kaart-merk__naam";
  naam.textContent = `heel ${p.gebied_naam}`;
  geheel.append(teken, naam);
  return geheel;
}

function vorm(p) {
  const ding = wat === "aanbod" ? "plekken" : "organisaties en groepen";
  if (p.zonder_plek) return [gebiedsteken(p), 36, `${p.aantal} zonder vaste plek in ${p.gebied_naam}`];
  if (p.id) return [merk(Object.keys(p.delen)[0]), 30, p.naam];
  return [groep(p.aantal, p.delen), p.aantal > 99 ? 46 : 38, `${p.aantal} ${ding} bij elkaar`];
}

/* ---- kiezen ---- */

function klik(p, plek) {
  if (p.zonder_plek) {
    ballon(plek, p.gebied_naam, `${p.aantal} zonder vaste plek`, ...gebiedslinks(p.gebied));
  } else if (p.id) {
    kies(p.id, plek, p.naam);
  } else if (kaart.getZoom() < kaart.getMaxZoom()) {
    kaart.setView(plek, Math.min(kaart.getMaxZoom(), Math.floor(kaart.getZoom()) + 2));
  } else {
    ballon(plek, `${p.aantal} op deze plek`, "Ze staan bovenaan in de lijst.");
  }
}

function gebiedslinks(code) {
  const vraag = filters();
  vraag.set("gebied", code);
  vraag.set("niveau", niveau);
  return [[`/gebied/${encodeURIComponent(code)}`, "Bekijk dit gebied"], [`/kaart?${vraag}`, "Toon alleen wat hier is"]];
}

function kies(id, plek, naam) {
  gekozen = id;
  onthoud();
  const rij = lijst.querySelector(`[data-id="${CSS.escape(id)}"]`);
  markeer();
  rij?.scrollIntoView({ block: "nearest" });
  const pad = wat === "aanbod" ? "aanbod" : "actor";
  const zin = rij?.querySelector(".tweede")?.textContent ?? "";
  ballon(plek, naam, zin, [`/${pad}/${encodeURIComponent(id)}`, "Bekijk"]);
}

/* Wie gekozen is, heeft altijd een eigen merk, ook als de kaart hem bij anderen telt. */
function tekenGekozen() {
  kroon.clearLayers();
  const rij = gekozen && lijst.querySelector(`[data-id="${CSS.escape(gekozen)}"]`);
  const knop = rij && rij.querySelector("[data-naar]");
  if (!knop || merken.has(gekozen)) return;
  const [lon, lat] = knop.dataset.naar.split(",").map(Number);
  L.marker([lat, lon], {
    interactive: false,
    keyboard: false,
    zIndexOffset: 1000,
    icon: L.divIcon({ className: "kaart-merk kaart-merk--gekozen", html: merk(rij.dataset.deel), iconSize: [34, 34] }),
  }).addTo(kroon);
}

function markeer() {
  for (const rij of lijst.querySelectorAll("[data-id]")) {
    const aan = rij.dataset.id === gekozen;
    rij.classList.toggle("regel--gekozen", aan);
    rij.querySelector("[data-naar]")?.setAttribute("aria-pressed", String(aan));
  }
  for (const [id, teller] of merken) teller.getElement()?.classList.toggle("kaart-merk--gekozen", id === gekozen);
  tekenGekozen();
}

function ballon(plek, titel, zin, ...links) {
  const inhoud = document.createElement("div");
  const kop = document.createElement("p");
  kop.className = "ballon__titel";
  kop.textContent = titel;
  inhoud.append(kop);
  if (zin) {
    const tekst = document.createElement("p");
    tekst.textContent = zin;
    inhoud.append(tekst);
  }
  for (const [adres, woorden] of links) {
    const regel = document.createElement("p");
    const link = document.createElement("a");
    link.className = "nl-link";
    link.href = adres;
    link.textContent = woorden;
    regel.append(link);
    inhoud.append(regel);
  }
  L.popup({ closeButton: true, maxWidth: 260, autoPanPaddingTopLeft: [12, 68], autoPanPaddingBottomRight: [68, 28] }).setLatLng(plek).setContent(inhoud).openOn(kaart);
  const sluit = document.querySelector(".leaflet-popup-close-button");
  sluit?.setAttribute("aria-label", "Sluit");
}

/* ---- lijst ---- */

function verversLijst() {
  const vraag = filters();
  vraag.set("bbox", bbox());
  if (toon) vraag.set("toon", toon);
  htmx.ajax("GET", `/kaart/lijst?${vraag}`, { target: lijst });
}

function naLijst() {
  /* Na "Toon meer" gaat de focus naar de eerste nieuwe rij. */
  if (bekend) {
    [...lijst.querySelectorAll("li.regel")].find((rij) => !bekend.has(rij.dataset.id))?.querySelector("a").focus();
    bekend = null;
  }
  for (const knop of lijst.querySelectorAll("[data-naar]")) knop.hidden = false;
  markeer();
}

lijst.addEventListener("click", (event) => {
  const knop = event.target.closest("[data-naar]");
  const meer = event.target.closest("[data-meer]");
  if (knop) {
    const [lon, lat] = knop.dataset.naar.split(",").map(Number);
    const rij = knop.closest("[data-id]");
    kaart.once("moveend", () => kies(rij.dataset.id, L.latLng(lat, lon), rij.querySelector("a").textContent));
    kaart.setView([lat, lon], Math.max(16, kaart.getZoom()), { animate: false });
  } else if (meer) {
    event.preventDefault();
    toon = Number(meer.dataset.meer);
    bekend = new Set([...lijst.querySelectorAll("li.regel")].map((rij) => rij.dataset.id));
    onthoud();
    verversLijst();
  }
});
document.body.addEventListener("htmx:afterSettle", naLijst);
document.body.addEventListener("htmx:sendError", () => zeg("De lijst kon niet worden opgehaald. Controleer de verbinding."));

/* ---- begin ---- */

let wacht = 0;
kaart.on("moveend", () => {
  clearTimeout(wacht);
  wacht = setTimeout(() => {
    onthoud();
    ververs();
    verversLijst();
  }, 150);
});

if (ondergrond) {
  const knop = document.querySelector("[data-ondergrond]");
  knop.hidden = false;
  knop.addEventListener("click", () => {
    const aan = !kaart.hasLayer(ondergrond);
    if (aan) ondergrond.addTo(kaart);
    else ondergrond.remove();
    knop.setAttribute("aria-pressed", String(aan));
    document.querySelector("[data-ondergrond-bron]").hidden = !aan;
    vak.classList.toggle("kaartvak--straten", aan);
  });
  ondergrond.on("tileerror", () => zeg("De straten konden niet worden opgehaald. De kaart werkt verder gewoon."));
}

for (const [naam, woord] of [["in", "Kaart groter"], ["out", "Kaart kleiner"]]) {
  const knop = document.querySelector(`.leaflet-control-zoom-${naam}`);
  knop.title = woord;
  knop.setAttribute("aria-label", woord);
}
/* Op papier is de kaart breder of smaller dan op het scherm. */
window.matchMedia("print").addEventListener("change", () => kaart.invalidateSize({ animate: false }));
document.querySelector("[data-legenda]").open = window.matchMedia("(min-width: 64rem)").matches;

const keuze = {
  code: new URLSearchParams(location.search).get("gebied") ?? "",
  klik: (gebied, plek) => ballon(plek, gebied.naam, "", ...gebiedslinks(gebied.code)),
};

begin();
naLijst();
try {
  ({ lagen } = await tekenGebieden(gebieden, niveau, vak.dataset.vormen, keuze));
} catch {
  zeg("De gebieden konden niet worden opgehaald. De lijst werkt wel.");
}
await ververs();
verversLijst();
