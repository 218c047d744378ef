/* Nieuwe plekken: zegt dat het rekenen loopt, en zet de gekozen plekken met hun bereik op de kaart. */

import { tekenGebieden, tekenNamen, vak as ruim } from "./gebieden.js";

const WACHT = 1000;
const MAAT = 30;

const formulier = document.querySelector("[data-plan]");
const wacht = document.querySelector("[data-wacht]");

formulier.addEventListener("formdata", ({ formData }) => {
  for (const naam of new Set(formData.keys())) if (!formData.get(naam)) formData.delete(naam);
});

/* Na een seconde zonder antwoord telt de pagina mee: het bewijs dat het de beste plekken zijn kost tijd. */
formulier.addEventListener("submit", () => {
  const begin = Date.now();
  const teller = setInterval(() => {
    const seconden = Math.round((Date.now() - begin) / 1000);
    wacht.textContent = `Wij rekenen uit welke plekken de beste zijn: ${seconden} ${seconden === 1 ? "seconde" : "seconden"}. Dit duurt hoogstens twee minuten.`;
  }, WACHT);
  window.addEventListener("pageshow", () => {
    clearInterval(teller);
    wacht.textContent = "";
  }, { once: true });
});

async function tekenKaart(vak) {
  const { kaart, gebieden, namen, punten } = window.socialekaart;
  const lijst = document.querySelector("[data-plekken]");
  const rand = L.latLngBounds([]);
  const kringen = [];
  const plekken = [];
  for (const [nummer, rij] of [...(lijst?.children ?? [])].entries()) {
    const waar = L.latLng(Number(rij.dataset.lat), Number(rij.dataset.lon));
    const kring = L.circle(waar, { radius: Number(lijst.dataset.straal), className: "plankring", interactive: false }).addTo(punten);
    rand.extend(kring.getBounds());
    kringen.push(kring);
    plekken.push(waar);
    const teken = document.createElement("span");
    teken.textContent = nummer + 1;
    L.marker(waar, { interactive: false, keyboard: false, icon: L.divIcon({ className: "dek-nummer", html: teken, iconSize: [MAAT, MAAT] }) }).addTo(punten);
  }
  if (rand.isValid()) kaart.fitBounds(rand, { animate: false, maxZoom: 15, padding: [20, 20] });
  for (const [naam, woord] of [["in", "Kaart groter"], ["out", "Kaart kleiner"]]) {
    const knop = document.querySelector(`.leaflet-control-zoom-${naam}`);
    knop.title = woord;
    knop.setAttribute("aria-label", woord);
  }
  kaart.scrollWheelZoom.disable();
  window.matchMedia("print").addEventListener("change", () => kaart.invalidateSize({ animate: false }));
  try {
    const { lagen } = await tekenGebieden(gebieden, "buurt", vak.dataset.vormen, { code: vak.dataset.gebied, klik: () => {} });
    for (const kring of kringen) kring.bringToFront();
    const noem = () => tekenNamen(kaart, namen, lagen, "buurt", plekken.map((waar) => ruim(kaart.latLngToContainerPoint(waar), MAAT, MAAT)));
    noem();
    kaart.on("moveend", noem);
  } catch {
    const melding = document.querySelector("[data-melding]");
    melding.textContent = "De gebieden konden niet worden opgehaald. De lijst werkt wel.";
    melding.hidden = false;
  }
  vak.dataset.klaar = "ja";
}

const vak = document.querySelector("[data-kaart]");
if (vak) await tekenKaart(vak);
