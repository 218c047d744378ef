/* Het netwerk op de kaart: wie op zijn plek of bij zijn gebied, banden als lijnen, gebundeld als het er veel zijn. */

import { groep, merk } from "./merken.js";
import { tekenGebieden, tekenNamen, vak as ruim } from "./gebieden.js";

const DIKTE = { 1: 1.3, 2: 2.6, 3: 4.4 };
const MAAT = 26;
const RUIMTE = 34;

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

  /* Wat op het scherm over elkaar zou liggen, wordt een merk; wie gekozen is, houdt een eigen merk. */
  function voegSamen(dingen) {
    const groepen = [];
    for (const ding of dingen) {
      const punt = kaart.latLngToContainerPoint([ding.lat, ding.lon]);
      const dichtbij = groepen.find((ander) => !ander.eigen && Math.abs(ander.punt.x - punt.x) < RUIMTE && Math.abs(ander.punt.y - punt.y) < RUIMTE);
      const eigen = ding.id === gekozen;
      if (dichtbij && !eigen) dichtbij.leden.push(ding);
      else groepen.push({ punt, eigen, waar: L.latLng(ding.lat, ding.lon), leden: [ding] });
    }
    return groepen;
  }

  function teken() {
    banden.clearLayers();
    punten.clearLayers();
    const bij = gegevens.banden.filter((band) => [band.van, band.naar].includes(gekozen));
    const gebundeld = gegevens.gebieden.length > 0;
    const perGebied = gebundeld && !bij.length;
    const rond = new Set(bij.flatMap((band) => [band.van, band.naar]));
    const dingen = perGebied
      ? gegevens.gebieden
      : gegevens.actoren.filter((actor) => !gebundeld || rond.has(actor.id)).map((actor) => ({ ...actor, aantal: 1, delen: { [actor.soort]: 1 } }));
    const groepen = voegSamen(dingen);
    const van = new Map(groepen.flatMap((groep) => groep.leden.map((ding) => [ding.id, groep])));
    tekenLijnen(perGebied ? gegevens.bundels : gebundeld ? bij : gegevens.banden, van, bij);
    const bezet = groepen.map((een) => merkGroep(een));
    if (lagen.wijk) tekenNamen(kaart, namen, lagen, "wijk", bezet);
  }

  /* Tussen twee merken loopt hoogstens een lijn die er is en een die gewenst is. */
  function tekenLijnen(lijst, van, bij) {
    const samen = new Map();
    const nummer = new Map([...new Set(van.values())].map((groep, plaats) => [groep, plaats]));
    for (const band of lijst) {
      const einden = [van.get(band.van), van.get(band.naar)];
      if (!einden[0] || !einden[1] || einden[0] === einden[1]) continue;
      const nummers = einden.map((einde) => nummer.get(einde)).sort((a, b) => a - b);
      const sleutel = `${nummers} ${band.gewenst}`;
      const oud = samen.get(sleutel);
      samen.set(sleutel, {
        plekken: einden.map((einde) => einde.waar),
        gewenst: band.gewenst,
        dikte: Math.max(oud?.dikte ?? 1, band.dikte),
        bij: oud?.bij || bij.includes(band),
      });
    }
    for (const { plekken, ...soort } of samen.values()) lijn(plekken, soort);
  }

  function merkGroep({ leden, waar, punt, eigen }) {
    const [eerste] = leden;
    const aantal = leden.reduce((som, ding) => som + ding.aantal, 0);
    const delen = {};
    for (const ding of leden) for (const [soort, hoeveel] of Object.entries(ding.delen)) delen[soort] = (delen[soort] ?? 0) + hoeveel;
    const alleen = leden.length === 1 && eerste.soort;
    const maat = alleen ? MAAT : aantal > 99 ? 44 : 32;
    const naam = alleen ? eerste.naam : leden.length === 1 ? `${eerste.naam}: ${aantal}` : `${aantal} bij elkaar, bij ${eerste.naam}`;
    const teken = L.marker(waar, {
      title: naam,
      alt: naam,
      interactive: !eigen,
      keyboard: !eigen,
      zIndexOffset: eigen ? 1000 : 0,
      icon: L.divIcon({
        className: `kaart-merk${alleen && !eerste.vast ? " kaart-merk--los" : ""}${eigen ? " kaart-merk--gekozen" : ""}`,
        html: alleen ? merk(eerste.soort) : groep(aantal, delen),
        iconSize: [maat, maat],
      }),
    });
    if (eigen) teken.addTo(punten);
    else bedien(teken, () => open(leden, waar));
    return ruim(punt, maat, maat);
  }

  function open(leden, waar) {
    const [eerste] = leden;
    if (leden.length > 1 && kaart.getZoom() < kaart.getMaxZoom()) {
      kaart.setView(waar, Math.min(kaart.getMaxZoom(), Math.floor(kaart.getZoom()) + 2), { animate: false });
    } else if (leden.length > 1) {
      zeg("Deze staan op dezelfde plek. Kies er een in het plaatje of in de tabel.");
    } else if (eerste.soort) {
      bijKeuze(eerste.id);
    } else {
      const vraag = new URLSearchParams(location.search);
      vraag.set("gebied", eerste.code);
      location.assign(`/netwerk?${vraag}`);
    }
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
    if (gegevens.gebieden.length) blok.textContent = "De banden zijn gebundeld: een lijn is alles tussen twee plekken. Kies iemand om diens eigen banden te zien.";
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
    if (plekken.length) kaart.fitBounds(plekken, { animate: false, paddingTopLeft: [28, 28], paddingBottomRight: [76, 36], maxZoom: 15 });
    ({ lagen } = await tekenGebieden(gebieden, "wijk", vak.dataset.vormen, { code: "", klik: () => {} }));
    banden.addTo(kaart);
  } catch {
    zeg("De kaart kon niet worden opgehaald. Het plaatje en de tabel werken wel.");
  }
  uitleg();
  kaart.on("moveend", teken);

  return {
    toon(id) {
      gekozen = id;
      teken();
      vak.dataset.klaar = "ja";
    },
  };
}
