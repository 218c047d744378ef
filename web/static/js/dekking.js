/* De kaart met oordelen en de lijst in stap: een keuze, zelfde nummer, en de adresbalk die het onthoudt. */

import { los, tekenGebieden, tekenNamen, vak as ruim } from "./gebieden.js";

const { kaart, gebieden, namen, punten } = window.socialekaart;
const vak = document.querySelector("[data-kaart]");
const lijst = document.querySelector("[data-lijst]");
const paneel = document.querySelector("[data-keuze]");
const melding = document.querySelector("[data-melding]");
const { niveau, thema } = vak.dataset;
const MAAT = 26;

let lagen = {};
let gekozen = vak.dataset.gekozen;
const oordelen = new Map();
const vormen = new Map();
const oud = L.layerGroup();
const rand = L.layerGroup();

function zeg(tekst) {
  melding.textContent = tekst;
  melding.hidden = false;
}

/* ---- kaart ---- */

async function haal() {
  const vraag = new URLSearchParams(location.search);
  vraag.set("thema", thema);
  vraag.delete("gekozen");
  const antwoord = await fetch(`/dekking/oordelen?${vraag}`);
  if (!antwoord.ok) throw new Error(`oordelen ${antwoord.status}`);
  for (const een of (await antwoord.json()).gebieden) oordelen.set(een.code, een);
}

function kleur({ code }) {
  const een = oordelen.get(code);
  return een ? `dek-${een.oordeel}` : "dek-buiten";
}

/* De kaart begint bij waar mensen wonen: duin en water zeggen hier niets. */
function begin(vlakken) {
  const bewoond = vlakken.features.filter(({ properties: { code } }) => !["niemand", undefined].includes(oordelen.get(code)?.oordeel));
  if (bewoond.length) kaart.fitBounds(L.geoJSON(bewoond).getBounds(), { animate: false, padding: [10, 10] });
}

/* Wat verouderd is krijgt streepjes over het oordeel heen. */
function legOudErover(vlakken) {
  const verouderd = vlakken.features.filter(({ properties: { code } }) => oordelen.get(code)?.verouderd);
  L.geoJSON({ type: "FeatureCollection", features: verouderd }, { interactive: false, style: () => ({ className: "dek-oud" }) }).addTo(oud);
}

function benoem({ code, naam }, vorm) {
  const woord = document.createElement("span");
  woord.textContent = oordelen.get(code)?.label ?? naam;
  vorm.bindTooltip(woord, { sticky: true, direction: "top" });
  vormen.set(code, vorm);
}

function tekenRand() {
  rand.clearLayers();
  const vlak = lagen[niveau]?.features.find(({ properties }) => properties.code === gekozen);
  if (!vlak) return;
  for (const naam of ["dek-rand dek-rand--wit", "dek-rand"]) {
    L.geoJSON(vlak, { interactive: false, style: () => ({ className: naam, fill: false }) }).addTo(rand);
  }
}

/* De nummers van de lijst: het gekozen gebied altijd, de andere zolang zij elkaar niet raken. */
function tekenNummers() {
  punten.clearLayers();
  const plek = new Map((lagen[niveau]?.features ?? []).map(({ properties: p }) => [p.code, p]));
  const bezet = [];
  const rijen = [...lijst.querySelectorAll("[data-nummer]")].sort((a, b) => (b.dataset.code === gekozen) - (a.dataset.code === gekozen));
  for (const { dataset: { code, nummer } } of rijen) {
    const gebied = plek.get(code);
    if (!gebied) continue;
    const waar = L.latLng(gebied.lat, gebied.lon);
    const ruimte = ruim(kaart.latLngToContainerPoint(waar), MAAT, MAAT);
    if (!bezet.every((ander) => los(ruimte, ander))) continue;
    bezet.push(ruimte);
    const teken = document.createElement("span");
    teken.textContent = nummer;
    const merk = L.marker(waar, {
      title: `${nummer}. ${gebied.naam}`,
      alt: `${nummer}. ${gebied.naam}`,
      keyboard: false,
      zIndexOffset: code === gekozen ? 1000 : 0,
      icon: L.divIcon({ className: `dek-nummer${code === gekozen ? " dek-nummer--gekozen" : ""}`, html: teken, iconSize: [MAAT, MAAT] }),
    });
    merk.on("click", () => kies(code));
    merk.addTo(punten);
  }
  if (lagen[niveau]) tekenNamen(kaart, namen, lagen, niveau, bezet);
}

/* ---- kiezen ---- */

function markeer() {
  for (const rij of lijst.querySelectorAll("[data-code]")) {
    const aan = rij.dataset.code === gekozen;
    rij.classList.toggle("dekrij--gekozen", aan);
    const knop = rij.querySelector("[data-kies]");
    if (aan) knop.setAttribute("aria-current", "true");
    else knop.removeAttribute("aria-current");
  }
  tekenRand();
  tekenNummers();
}

function toonOpKaart(code) {
  const vorm = vormen.get(code);
  if (!vorm) return;
  const vlak = vorm.getBounds();
  if (!kaart.getBounds().contains(vlak) || kaart.getBoundsZoom(vlak) - kaart.getZoom() > 3) {
    kaart.fitBounds(vlak.pad(0.9), { animate: false, maxZoom: 14 });
  }
}

async function kies(code) {
  if (!oordelen.has(code)) return;
  gekozen = code;
  const vraag = new URLSearchParams(location.search);
  vraag.set("thema", thema);
  vraag.set("gekozen", code);
  history.replaceState(null, "", `?${vraag}`);
  toonOpKaart(code);
  markeer();
  lijst.querySelector(`[data-code="${CSS.escape(code)}"]`)?.scrollIntoView({ block: "nearest" });
  await htmx.ajax("GET", `/dekking/keuze?${vraag}`, { target: paneel });
}

lijst.addEventListener("click", (event) => {
  const knop = event.target.closest("[data-kies]");
  if (!knop || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  kies(knop.dataset.kies);
});
document.body.addEventListener("htmx:sendError", () => zeg("Dit kon niet worden opgehaald. Controleer de verbinding."));

/* ---- filters en tabel ---- */

document.querySelector("[data-filters]").addEventListener("formdata", ({ formData }) => {
  for (const naam of new Set(formData.keys())) if (!formData.get(naam)) formData.delete(naam);
});

const keuze = document.querySelector("[data-rij-keuze]");
keuze?.querySelector("select").addEventListener("change", ({ target }) => {
  for (const rij of document.querySelectorAll("[data-rij]")) rij.classList.toggle("dektabel__rij--toont", rij.dataset.rij === target.value);
});

/* ---- begin ---- */

for (const [naam, woord] of [["in", "Kaart groter"], ["out", "Kaart kleiner"]]) {
  const knop = document.querySelector(`.leaflet-control-zoom-${naam}`);
  knop.title = woord;
  knop.setAttribute("aria-label", woord);
}
kaart.scrollWheelZoom.disable();
/* Op papier is de kaart breder en lager: daar past alles opnieuw in, en daarna komt de stand terug. */
let stand = null;
window.matchMedia("print").addEventListener("change", ({ matches }) => {
  if (matches) stand = [kaart.getCenter(), kaart.getZoom()];
  kaart.invalidateSize({ animate: false });
  if (matches && lagen[niveau]) begin(lagen[niveau]);
  else if (stand) kaart.setView(...stand, { animate: false });
});
try {
  await haal();
  ({ lagen } = await tekenGebieden(gebieden, niveau, vak.dataset.vormen, {
    code: vak.dataset.gebied,
    klik: ({ code }) => kies(code),
    klasse: kleur,
    elk: benoem,
  }));
  begin(lagen[niveau]);
  legOudErover(lagen[niveau]);
  oud.addTo(kaart);
  rand.addTo(kaart);
} catch {
  zeg("De kaart kon niet worden opgehaald. De lijst en de tabel werken wel.");
}
markeer();
kaart.on("moveend", tekenNummers);
vak.dataset.klaar = "ja";
