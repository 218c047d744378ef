/* Merken op de kaart als SVG: lijn (vorm met cijfer), soort (vorm), groep (ring) en gebied. */

const SVG = "http://www.w3.org/2000/svg";
const INKT = "#22303a";

/* Dezelfde kleuren als templates/onderdelen/lijn.html; groepen krijgen een ring in deze kleuren. */
const KLEUREN = {
  0: "#f0b040",
  1: "#0e6b74",
  2: "#463a7c",
  bewonersinitiatief: "#f0b040",
  informele_steun: "#dccbee",
  sleutelfiguur: "#8e2f63",
  wijkteam: "#0a434a",
  partner: "#4c86c6",
};

const VORMEN = {
  0: ["circle", { cx: 17, cy: 17, r: 14, "stroke-width": 2 }],
  1: ["rect", { x: 3.5, y: 3.5, width: 27, height: 27, rx: 5 }],
  2: ["path", { d: "M17 1.5 31 9.3v15.4L17 32.5 3 24.7V9.3z" }],
  bewonersinitiatief: ["circle", { cx: 17, cy: 17, r: 11.5 }],
  informele_steun: ["path", { d: "M17 4.5 31 29H3z" }],
  sleutelfiguur: ["path", { d: "M17 2.5l4.3 9.6 10.4 1.1-7.8 7 2.2 10.3L17 25.2l-9.1 5.3 2.2-10.3-7.8-7 10.4-1.1z" }],
  wijkteam: ["rect", { x: 6, y: 6, width: 22, height: 22, rx: 3 }],
  partner: ["path", { d: "M17 2.5 31.5 17 17 31.5 2.5 17z" }],
};

function maak(naam, kenmerken, tekst) {
  const deel = document.createElementNS(SVG, naam);
  for (const [sleutel, waarde] of Object.entries(kenmerken)) deel.setAttribute(sleutel, waarde);
  if (tekst !== undefined) deel.textContent = tekst;
  return deel;
}

function doek(maat) {
  return maak("svg", { viewBox: `0 0 ${maat} ${maat}`, class: "cluster", "aria-hidden": "true", focusable: "false" });
}

function schrift(x, y, maat, kleur, tekst) {
  return maak("text", { x, y, "font-size": maat, "text-anchor": "middle", "font-weight": 700, fill: kleur }, tekst);
}

/* Een record alleen: `deel` is de lijn (0, 1, 2) of de soort. */
export function merk(deel) {
  const svg = doek(34);
  const [vorm, maten] = VORMEN[deel] ?? VORMEN.partner;
  svg.append(maak(vorm, { fill: KLEUREN[deel] ?? "#ffffff", stroke: INKT, "stroke-width": 1.5, "stroke-linejoin": "round", ...maten }));
  if (/^[012]$/.test(deel)) svg.append(schrift(17, 23, 17, deel === "0" ? INKT : "#ffffff", deel));
  return svg;
}

/* Meer records bij elkaar: het aantal in een ring, verdeeld over lijnen of soorten. */
export function groep(aantal, delen) {
  const svg = doek(40);
  svg.append(maak("circle", { cx: 20, cy: 20, r: 19, fill: "#ffffff", stroke: INKT, "stroke-width": 1.2 }));
  let begin = 0;
  for (const [deel, hoeveel] of Object.entries(delen)) {
    const stuk = (100 * hoeveel) / aantal;
    svg.append(
      maak("circle", {
        cx: 20, cy: 20, r: 15, fill: "none", pathLength: 100, "stroke-width": 6.5,
        stroke: KLEUREN[deel] ?? "#d8cdb9", "stroke-dasharray": `${stuk} 100`,
        "stroke-dashoffset": -begin, transform: "rotate(-90 20 20)",
      }),
    );
    begin += stuk;
  }
  svg.append(maak("circle", { cx: 20, cy: 20, r: 11.8, fill: "#ffffff", stroke: INKT, "stroke-width": 0.8 }));
  svg.append(schrift(20, aantal > 999 ? 24 : 25, aantal > 999 ? 10 : aantal > 99 ? 12 : 14, INKT, kort(aantal)));
  return svg;
}

/* Records zonder vaste plek: een label dat aan het gebied hangt, geen punt. */
export function gebiedsmerk(aantal) {
  const svg = doek(40);
  svg.append(maak("path", { d: "M6 17 20 5l14 12v17H6z", fill: "#ffffff", stroke: INKT, "stroke-width": 1.6, "stroke-dasharray": "4 2.4", "stroke-linejoin": "round" }));
  svg.append(schrift(20, 29, aantal > 99 ? 11 : 14, INKT, kort(aantal)));
  return svg;
}

function kort(aantal) {
  return aantal > 9999 ? `${Math.round(aantal / 1000)}k` : String(aantal);
}
