/* Gebieden op de kaart: vlakken per niveau, en namen die wijken voor elkaar en voor merken. */

const BOVEN = { buurt: "wijk", wijk: "gemeente", teamgebied: "gemeente", gemeente: null };
const KLASSEN = { buurt: "kaart-buurt", wijk: "kaart-wijk", teamgebied: "kaart-team", gemeente: "kaart-gemeente" };
const vormen = new Map();

async function haal(niveau, versie) {
  if (!vormen.has(niveau)) {
    const antwoord = await fetch(`/api/v1/kaart/gebieden?niveau=${niveau}&v=${versie}`);
    if (!antwoord.ok) throw new Error(`gebieden ${antwoord.status}`);
    vormen.set(niveau, await antwoord.json());
  }
  return vormen.get(niveau);
}

/* Tekent gemeenten als ondergrond, daarboven het gekozen niveau en de rand van het niveau erboven.
   `bijKeuze.klasse` geeft een gebied een eigen klasse, `bijKeuze.elk` krijgt elk gebied met zijn vlak. */
export async function tekenGebieden(laag, niveau, versie, bijKeuze) {
  const niveaus = [...new Set(["gemeente", niveau, BOVEN[niveau]])].filter(Boolean);
  const lagen = await Promise.all(niveaus.map((dit) => haal(dit, versie)));
  laag.clearLayers();
  let gekozenRand = null;
  niveaus.forEach((dit, nummer) => {
    const gekozenNiveau = dit === niveau;
    L.geoJSON(lagen[nummer], {
      interactive: gekozenNiveau,
      style: (vlak) => ({
        className: `${KLASSEN[dit]}${gekozenNiveau ? " kaart-vlak" : " kaart-rand"}${vlak.properties.code === bijKeuze.code ? " kaart-gekozen" : ""} ${gekozenNiveau ? (bijKeuze.klasse?.(vlak.properties) ?? "") : ""}`,
        fill: gekozenNiveau || dit === "gemeente",
      }),
      onEachFeature: (vlak, vorm) => {
        if (!gekozenNiveau && vlak.properties.code === bijKeuze.code) gekozenRand = vorm;
        if (!gekozenNiveau) return;
        vorm.on("click", (event) => bijKeuze.klik(vlak.properties, event.latlng));
        bijKeuze.elk?.(vlak.properties, vorm);
      },
    }).addTo(laag);
  });
  gekozenRand?.bringToFront();
  return { lagen: Object.fromEntries(niveaus.map((dit, nummer) => [dit, lagen[nummer]])) };
}

/* Zet zoveel namen neer als er passen: grote gebieden eerst, nooit over een merk of een andere naam. */
export function tekenNamen(kaart, laag, lagen, niveau, bezet) {
  laag.clearLayers();
  const vol = [...bezet];
  const boven = BOVEN[niveau];
  const rijen = [];
  if (boven && lagen[boven] && boven !== "gemeente") rijen.push([boven, lagen[boven], true]);
  if (boven === "gemeente" && kaart.getZoom() < 12) rijen.push([boven, lagen[boven], true]);
  if (!boven || kaart.getZoom() >= (niveau === "buurt" ? 13.5 : 11)) rijen.push([niveau, lagen[niveau], niveau !== "buurt"]);
  const zicht = kaart.getBounds().pad(0.05);
  for (const [, vlakken, vet] of rijen) {
    for (const { properties: gebied } of vlakken.features) {
      const plek = L.latLng(gebied.lat, gebied.lon);
      if (!zicht.contains(plek)) continue;
      const punt = kaart.latLngToContainerPoint(plek);
      const breed = Math.min(130, gebied.naam.length * (vet ? 7.6 : 6.4)) + 6;
      const hoog = gebied.naam.length > 17 ? 30 : 17;
      const plaats = [0, -30, 30].map((dy) => vak({ x: punt.x, y: punt.y + dy }, breed, hoog)).find((nieuw) => vol.every((oud) => los(nieuw, oud)));
      if (!plaats) continue;
      vol.push(plaats);
      const woord = document.createElement("span");
      woord.textContent = gebied.naam;
      L.marker(kaart.containerPointToLatLng([(plaats.links + plaats.rechts) / 2, (plaats.boven + plaats.onder) / 2]), {
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: `kaart-naam${vet ? " kaart-naam--wijk" : ""}`, html: woord, iconSize: [breed, hoog] }),
      }).addTo(laag);
    }
  }
}

export function vak(punt, breed, hoog) {
  return { links: punt.x - breed / 2, rechts: punt.x + breed / 2, boven: punt.y - hoog / 2, onder: punt.y + hoog / 2 };
}

export function los(a, b) {
  return a.rechts < b.links || b.rechts < a.links || a.onder < b.boven || b.onder < a.boven;
}
