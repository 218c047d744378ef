/* Het netwerk op de kaart: wie op zijn plek of bij zijn gebied, banden als lijnen, gebundeld als het er veel zijn. */

import { groep, merk } from "./merken.js";
import { tekenGebieden, tekenNamen, vak as ruim } from "./gebieden.js";

const DIKTE = { 1: 1.3, 2: 2.6, 3: 4.4 };
const MAAT = 24;

export async function maakKaart(bijKeuze) {
  const { kaart, gebieden, namen, punten } = window.socialekaart;
  const vak = document.querySelector("[data-kaart]");
  const melding = document.querySelector("[data-melding]");
  const banden = L.layerGroup();
  let gegevens = { actoren: [], banden: [], gebieden: [], bundels: [], niet_op_kaart: 0 };
  let lagen = {};
  let gekozen = "";

  function zeg(tekst) {
    melding.textContent = tekst;
    melding.hidden = false;
  }

  function lijn(plekken, { dikte, gewenst, bij }) {
    L.polyline(plekken, {
      interactive: false,
      weight: DIKTE[dikte],
      className: `kaart-band${gewenst ? " kaart-band--gewenst" : ""}${bij ? " kaart-band--gekozen" : ""}`,
    }).addTo(banden);
  }

  /* Wie op dezelfde plek staat, wijkt uit in een spiraal. */
  function verspreid(actoren) {
    const plekken = new Map();
    const opPlek = new Map();
    for (const actor of actoren) {
      const sleutel = `${actor.lon},${actor.lat}`;
      const nummer = opPlek.get(sleutel) ?? 0;
      opPlek.set(sleutel, nummer + 1);
      const punt = kaart.latLngToContainerPoint([actor.lat, actor.lon]);
      const straal = nummer ? 17 * Math.sqrt(nummer) : 0;
      const hoek = nummer * 2.4;
      plekken.set(actor.id, kaart.containerPointToLatLng([punt.x + straal * Math.cos(hoek), punt.y + straal * Math.sin(hoek)]));
    }
    return plekken;
  }

  function teken() {
    banden.clearLayers();
    punten.clearLayers();
    const bezet = [];
    const gebundeld = gegevens.gebieden.length > 0;
    const bij = gegevens.banden.filter((band) => [band.van, band.naar].includes(gekozen));
    const rond = new Set(bij.flatMap((band) => [band.van, band.naar]).concat(gekozen));
    const alleen = gegevens.actoren.filter((actor) => !gebundeld || rond.has(actor.id));
    const plek = verspreid(alleen);
    if (gebundeld) {
      const midden = new Map(gegevens.gebieden.map((gebied) => [gebied.id, [gebied.lat, gebied.lon]]));
      if (!gekozen || !bij.length) for (const bundel of gegevens.bundels) lijn([midden.get(bundel.van), midden.get(bundel.naar)], bundel);
      if (!gekozen || !plek.size) gegevens.gebieden.forEach((gebied) => merkGebied(gebied, bezet));
    }
    for (const band of gebundeld ? bij : gegevens.banden) {
      const einden = [plek.get(band.van), plek.get(band.naar)];
      if (einden[0] && einden[1]) lijn(einden, { ...band, bij: bij.includes(band) });
    }
    for (const actor of alleen) merkActor(actor, plek.get(actor.id), bezet);
    if (lagen.wijk) tekenNamen(kaart, namen, lagen, "wijk", bezet);
  }

  function merkActor(actor, waar, bezet) {
    const teken = L.marker(waar, {
      title: actor.naam,
      alt: actor.naam,
      riseOnHover: true,
      zIndexOffset: actor.id === gekozen ? 1000 : 0,
      icon: L.divIcon({
        className: `kaart-merk${actor.vast ? "" : " kaart-merk--los"}${actor.id === gekozen ? " kaart-merk--gekozen" : ""}`,
        html: merk(actor.soort),
        iconSize: [MAAT, MAAT],
      }),
    });
    bedien(teken, () => bijKeuze(actor.id));
    bezet.push(ruim(kaart.latLngToContainerPoint(waar), MAAT, MAAT));
  }

  function merkGebied(gebied, bezet) {
    const waar = L.latLng(gebied.lat, gebied.lon);
    const maat = gebied.aantal > 99 ? 44 : 30;
    const teken = L.marker(waar, {
      title: `${gebied.naam}: ${gebied.aantal}`,
      alt: `${gebied.naam}: ${gebied.aantal}`,
      icon: L.divIcon({ className: "kaart-merk", html: groep(gebied.aantal, gebied.delen), iconSize: [maat, maat] }),
    });
    bedien(teken, () => {
      const vraag = new URLSearchParams(location.search);
      vraag.set("gebied", gebied.code);
      location.assign(`/netwerk?${vraag}`);
    });
    bezet.push(ruim(kaart.latLngToContainerPoint(waar), maat, maat));
  }

  function bedien(teken, doe) {
    teken.on("click", doe);
    teken.on("keydown", (event) => {
      if (!["Enter", " "].includes(event.originalEvent.key)) return;
      event.originalEvent.preventDefault();
      doe();
    });
    teken.addTo(punten);
  }

  async function haal() {
    const antwoord = await fetch(`/netwerk/lijnen${location.search}`);
    if (!antwoord.ok) throw new Error(`lijnen ${antwoord.status}`);
    return antwoord.json();
  }

  function uitleg() {
    const blok = document.querySelector("[data-kaart-uitleg]");
    if (gegevens.gebieden.length) blok.textContent = "De banden zijn gebundeld: een lijn is alles tussen twee gebieden. Kies iemand om diens eigen banden te zien.";
    if (gegevens.niet_op_kaart) blok.textContent += ` Van ${gegevens.niet_op_kaart} is geen gebied bekend; zij staan niet op de kaart.`;
  }

  for (const [naam, woord] of [["in", "Kaart groter"], ["out", "Kaart kleiner"]]) {
    const knop = document.querySelector(`.leaflet-control-zoom-${naam}`);
    knop.title = woord;
    knop.setAttribute("aria-label", woord);
  }
  kaart.scrollWheelZoom.disable();
  /* De kaart begint bij waar iemand is, niet bij alles wat er aan gebied is. */
  try {
    gegevens = await haal();
    const plekken = [...gegevens.gebieden, ...gegevens.actoren].map(({ lat, lon }) => [lat, lon]);
    if (plekken.length) kaart.fitBounds(plekken, { animate: false, padding: [28, 28], maxZoom: 15 });
    ({ lagen } = await tekenGebieden(gebieden, "wijk", vak.dataset.vormen, { code: "", klik: () => {} }));
    banden.addTo(kaart);
  } catch {
    zeg("De kaart kon niet worden opgehaald. Het plaatje en de tabel werken wel.");
  }
  uitleg();
  kaart.on("zoomend moveend", teken);

  return {
    toon(id) {
      gekozen = id;
      teken();
      vak.dataset.klaar = "ja";
    },
  };
}
