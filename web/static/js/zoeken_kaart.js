/* De kaart bij de treffers: dezelfde nummers, een keuze, en een plek aanwijzen. Tekst is altijd tekst. */

import { merk } from "./merken.js";
import { tekenGebieden, tekenNamen } from "./gebieden.js";

const RUIM = [34, 34];

export function maakKaart({ kaart, gebieden, namen, punten }, vak, { bijKeuze, bijPlek }) {
  let lagen = null;
  let merken = new Map();
  let midden = [];
  let gekozen = "";
  const begin = kaart.getBounds();

  function toonNamen() {
    if (!lagen) return;
    const bezet = [...merken.values(), ...midden].map((teller) => {
      const punt = kaart.latLngToContainerPoint(teller.getLatLng());
      return { links: punt.x - 24, rechts: punt.x + 20, boven: punt.y - 26, onder: punt.y + 20 };
    });
    tekenNamen(kaart, namen, lagen, "buurt", bezet);
  }

  function teken(lijst) {
    punten.clearLayers();
    kaart.closePopup();
    merken = new Map();
    midden = [];
    gekozen = "";
    const rijen = lijst ? [...lijst.querySelectorAll("[data-lon]")] : [];
    const plek = lijst?.dataset.plek?.split(",").map(Number);
    const rand = L.latLngBounds([]);
    if (plek) {
      const hier = L.latLng(plek[1], plek[0]);
      rand.extend(hier);
      if (lijst.dataset.straal) {
        const kring = L.circle(hier, { radius: Number(lijst.dataset.straal), className: "zoekkring", interactive: false }).addTo(punten);
        rand.extend(kring.getBounds());
      }
      midden = [L.marker(hier, { interactive: false, keyboard: false, zIndexOffset: -500, icon: L.divIcon({ className: "zoekplek", iconSize: [24, 24] }) }).addTo(punten)];
    }
    for (const [plaats, groep] of samen(rijen)) {
      rand.extend(plaats);
      groep.forEach((rij, nummer) => zet(rij, uiteen(plaats, nummer, groep.length)));
    }
    if (rand.isValid()) kaart.fitBounds(rand, { animate: false, maxZoom: 15, padding: [30, 30] });
    else kaart.fitBounds(begin, { animate: false });
    toonNamen();
    vak.dataset.klaar = "ja";
  }

  /* Treffers op dezelfde plek staan naast elkaar, want anders ligt het ene nummer over het andere. */
  function samen(rijen) {
    const groepen = new Map();
    for (const rij of rijen) {
      const sleutel = `${rij.dataset.lon},${rij.dataset.lat}`;
      groepen.set(sleutel, [...(groepen.get(sleutel) ?? []), rij]);
    }
    return [...groepen.values()].map((groep) => [L.latLng(groep[0].dataset.lat, groep[0].dataset.lon), groep]);
  }

  function uiteen(plaats, nummer, aantal) {
    return { plaats, schuif: [(nummer - (aantal - 1) / 2) * 34, 0] };
  }

  function zet(rij, { plaats, schuif }) {
    const { nummer, naam, deel, aanbod } = rij.dataset;
    const teller = L.marker(plaats, {
      title: `${nummer}. ${naam}`,
      alt: `${nummer}. ${naam}`,
      riseOnHover: true,
      icon: L.divIcon({ className: "kaart-merk", html: tekening(deel, nummer), iconSize: RUIM, iconAnchor: [17 - schuif[0], 17 - schuif[1]] }),
    }).addTo(punten);
    teller.on("click", () => bijKeuze(aanbod));
    teller.on("keydown", ({ originalEvent: toets }) => {
      if (!["Enter", " "].includes(toets.key)) return;
      toets.preventDefault();
      bijKeuze(aanbod);
    });
    merken.set(aanbod, teller);
  }

  function kies(aanbod, { schuif }) {
    gekozen = aanbod;
    for (const [id, teller] of merken) {
      const aan = id === gekozen;
      teller.setZIndexOffset(aan ? 1000 : 0);
      teller.getElement().classList.toggle("kaart-merk--gekozen", aan);
      if (aan) teller.getElement().setAttribute("aria-current", "true");
      else teller.getElement().removeAttribute("aria-current");
    }
    const plaats = merken.get(gekozen)?.getLatLng();
    if (plaats && schuif) kaart.setView(plaats, Math.max(15, kaart.getZoom()), { animate: false });
  }

  kaart.on("click", ({ latlng }) => {
    const inhoud = document.createElement("div");
    const knop = document.createElement("button");
    knop.type = "button";
    knop.className = "nl-button nl-button--primary nl-button--klein";
    knop.textContent = "Zoek vanaf deze plek";
    knop.addEventListener("click", () => {
      kaart.closePopup();
      bijPlek(latlng.lng, latlng.lat);
    });
    inhoud.append(knop);
    L.popup({ closeButton: false, autoPan: false }).setLatLng(latlng).setContent(inhoud).openOn(kaart);
  });
  kaart.on("moveend", toonNamen);
  for (const [naam, woord] of [["in", "Kaart groter"], ["out", "Kaart kleiner"]]) {
    const knop = vak.querySelector(`.leaflet-control-zoom-${naam}`);
    knop.title = woord;
    knop.setAttribute("aria-label", woord);
  }

  async function begintekening() {
    ({ lagen } = await tekenGebieden(gebieden, "buurt", vak.dataset.vormen, { code: "", klik: () => {} }));
    toonNamen();
  }

  return { teken, kies, begintekening };
}

function tekening(deel, nummer) {
  const geheel = document.createElement("span");
  const getal = document.createElement("span");
  geheel.className = "zoekmerk";
  getal.className = "zoekmerk__nummer";
  getal.textContent = nummer;
  geheel.append(merk(deel), getal);
  return geheel;
}
