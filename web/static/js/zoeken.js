/* De zoekpagina: vraag en plek gaan alleen met POST, en staan nergens anders dan in het formulier. */

import { maakKaart } from "./zoeken_kaart.js";
import { maakWacht } from "./zoeken_wacht.js";

const NAMENS = "zoeken.namens";
const PUNT = "de plek op de kaart";
const TELEFOON = window.matchMedia("(max-width: 47.99rem)");
const vorm = document.querySelector("#zoek-formulier");
const pagina = document.querySelector("main");
const vak = document.querySelector("[data-kaart]");
const zeg = document.querySelector("[data-zeg]");
const bijKaart = document.querySelector("[data-bij-kaart]");
const blijf = document.querySelector("[data-blijf]");
const meekijken = vorm.elements.meekijken;
const antwoord = () => document.querySelector("#zoek-antwoord");
const treffers = () => [...document.querySelectorAll(".treffer")];

const kaart = maakKaart(window.socialekaart, vak, { bijKeuze: (id) => kies(id, false), bijPlek: (lon, lat) => zetPlek(lon, lat) });

/* ---- kiezen: lijst en kaart in stap ---- */

function kies(id, vanLijst) {
  for (const rij of treffers()) {
    if (rij.dataset.aanbod === id) rij.setAttribute("aria-current", "true");
    else rij.removeAttribute("aria-current");
  }
  const rij = treffers().find((een) => een.dataset.aanbod === id);
  kaart.kies(id, { schuif: vanLijst });
  if (!rij) return;
  if (!vanLijst) rij.scrollIntoView({ block: "nearest" });
  else if (TELEFOON.matches) vak.scrollIntoView({ block: "nearest" });
  zeg.textContent = `${rij.dataset.nummer}. ${rij.dataset.naam} is gekozen in de lijst en op de kaart.`;
}

document.addEventListener("click", (event) => {
  const knop = event.target.closest("[data-toon]");
  if (knop) kies(knop.closest(".treffer").dataset.aanbod, true);
});

/* ---- de plek ---- */

function zetPlek(lon, lat) {
  vorm.elements.lon.value = lon.toFixed(5);
  vorm.elements.lat.value = lat.toFixed(5);
  vorm.elements.plek.value = PUNT;
  vorm.elements.puntnaam.value = PUNT;
  zeg.textContent = "De plek op de kaart is gekozen.";
  if (vorm.elements.q.value.trim() || vorm.elements.themas.value || vorm.elements.doelgroepen.value) vorm.requestSubmit();
  else vorm.elements.q.focus();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-hier]")) return;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => zetPlek(coords.longitude, coords.latitude),
    () => {
      zeg.textContent = "Uw plek is niet te vinden. Vul een postcode in, of tik op de kaart.";
      bijKaart.textContent = zeg.textContent;
    },
    { timeout: 10000, maximumAge: 0 },
  );
});

/* ---- vragen en antwoord ---- */

vorm.addEventListener("keydown", (event) => {
  if (event.target !== vorm.elements.q || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  vorm.requestSubmit();
});

/* Ook een antwoord dat zegt wat er niet klopt, hoort op de pagina. */
document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 422) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

document.body.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id === "zoek-antwoord") klaar(true);
});

for (const fout of ["htmx:sendError", "htmx:responseError"]) {
  document.body.addEventListener(fout, () => {
    const tekst = document.createElement("p");
    tekst.className = "zoekonzeker";
    tekst.setAttribute("role", "alert");
    tekst.textContent = "Zoeken lukt nu niet. Controleer de verbinding en probeer het opnieuw.";
    antwoord().replaceChildren(tekst);
    leegKaart();
  });
}

function leegKaart() {
  kaart.teken(null);
  bijKaart.textContent = "Tik op de kaart om de plek te kiezen.";
}

function klaar(net) {
  const lijst = document.querySelector(".treffers, .zoekgeen");
  kaart.teken(lijst);
  for (const knop of document.querySelectorAll("[data-toon], [data-hier]")) {
    knop.hidden = "hier" in knop.dataset && !("geolocation" in navigator);
  }
  bijKaart.textContent = onderschrift(lijst);
  const kop = document.querySelector("#gevaar-kop, #zoek-kop");
  if (net && kop) {
    kop.tabIndex = -1;
    const fout = vorm.querySelector("[aria-invalid]");
    (fout ?? kop).focus();
  }
}

function onderschrift(lijst) {
  if (!treffers().length) return "Tik op de kaart om de plek te kiezen.";
  const zonder = treffers().filter((rij) => !("lon" in rij.dataset)).map((rij) => rij.dataset.nummer);
  const weg = lijst.dataset.lopen ? ` De cirkel is ongeveer ${lijst.dataset.lopen} meter lopen: de rechte lijn keer 1,3.` : "";
  if (!zonder.length) return `Alle treffers staan op de kaart.${weg}`;
  if (zonder.length > 3) return `${zonder.length} van de ${treffers().length} hebben geen vaste plek. Zij staan niet op de kaart.${weg}`;
  const samen = zonder.length > 1 ? `${zonder.slice(0, -1).join(", ")} en ${zonder.at(-1)} hebben` : `${zonder[0]} heeft`;
  return `Nummer ${samen} geen vaste plek en ${zonder.length > 1 ? "staan" : "staat"} niet op de kaart.${weg}`;
}

/* ---- namens wie: het enige dat deze browser onthoudt ---- */

const van = vorm.elements.van;
if (van) {
  const oud = localStorage.getItem(NAMENS);
  if (!van.value && oud && [...van.options].some((keuze) => keuze.value === oud)) van.value = oud;
  van.addEventListener("change", () => {
    if (van.value) localStorage.setItem(NAMENS, van.value);
    else localStorage.removeItem(NAMENS);
  });
}

/* ---- de bewoner kijkt mee ---- */

const wacht = maakWacht({
  waarschuw(aan) {
    blijf.hidden = !aan;
    if (aan) blijf.querySelector("button").focus();
  },
  leeg,
});

function leeg() {
  htmx.trigger(vorm, "htmx:abort");
  for (const veld of vorm.querySelectorAll("input:not([type=checkbox], [type=radio]), textarea")) {
    veld.value = "";
    veld.defaultValue = "";
  }
  for (const veld of vorm.querySelectorAll("input[type=checkbox]:not([data-meekijken])")) veld.checked = false;
  for (const veld of vorm.querySelectorAll("input[type=radio]")) veld.checked = veld.value === "";
  for (const veld of vorm.querySelectorAll("select")) veld.selectedIndex = 0;
  vorm.querySelectorAll(".veld__fout").forEach((fout) => fout.remove());
  document.querySelector("#zoek-gevaar").replaceChildren();
  const tekst = document.createElement("p");
  tekst.className = "zoekbegin";
  tekst.textContent = "Deze pagina is leeg gemaakt, want er was vijf minuten geen invoer.";
  antwoord().replaceChildren(tekst);
  zeg.textContent = tekst.textContent;
  document.dispatchEvent(new Event("zoeken:leeg"));
  leegKaart();
  vorm.elements.q.focus();
}

function zetStand() {
  pagina.classList.toggle("zoekpagina--mee", meekijken.checked);
  if (meekijken.checked) wacht.start();
  else wacht.stop();
}

meekijken.addEventListener("change", () => {
  zetStand();
  /* Wat er al stond, was voor de professional: vraag het opnieuw voor wie meekijkt. */
  if (document.querySelector(".treffers, .zoekgeen")) {
    antwoord().replaceChildren();
    leegKaart();
    vorm.requestSubmit();
  }
});
for (const soort of ["keydown", "input", "pointerdown", "wheel", "touchstart"]) {
  document.addEventListener(soort, () => meekijken.checked && wacht.invoer(), { passive: true });
}
blijf.querySelector("button").addEventListener("click", () => {
  wacht.invoer();
  vorm.elements.q.focus();
});

/* Terug in de browser mag geen vraag van een vorige bewoner tonen. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted && meekijken.checked) leeg();
});

zetStand();
klaar(false);
try {
  await kaart.begintekening();
} catch {
  const melding = document.querySelector("[data-kaart-melding]");
  melding.textContent = "De gebieden konden niet worden opgehaald. De lijst werkt wel.";
  melding.hidden = false;
}
