/* Plaatje, kaart en tabel in stap: een keuze in de adresbalk, alles ook met het toetsenbord. */

import { maakDoek } from "./netwerk_doek.js";

const doek = document.querySelector("[data-doek]");
const paneel = document.querySelector("[data-keuze]");
const knopen = new Map([...doek.querySelectorAll(".knoop")].map((knoop) => [knoop.dataset.id, knoop]));
const abc = new Intl.Collator("nl");
const volgorde = [...knopen.values()].sort((a, b) => abc.compare(a.getAttribute("aria-label"), b.getAttribute("aria-label")));
const lijnen = [...doek.querySelectorAll(".band")];
const buren = new Map([...knopen.keys()].map((id) => [id, new Set()]));
for (const { dataset } of lijnen) {
  buren.get(dataset.van).add(dataset.naar);
  buren.get(dataset.naar).add(dataset.van);
}
const samengevat = Boolean(document.getElementById("t-groepen"));
const plaat = maakDoek(doek);
let kaart = null;
let deze = null;

/* ---- kiezen ---- */

function gekozen() {
  return new URLSearchParams(location.search).get("van") ?? "";
}

function kies(id, anker = "") {
  const vraag = new URLSearchParams(location.search);
  if (id) vraag.set("van", id);
  else for (const naam of ["van", "stappen"]) vraag.delete(naam);
  const adres = vraag.size ? `/netwerk?${vraag}` : "/netwerk";
  history.replaceState(null, "", adres);
  markeer(id);
  kaart?.toon(id);
  htmx.ajax("GET", `/netwerk/keuze?${vraag}`, { target: paneel });
  if (anker) document.querySelector(anker).scrollIntoView({ block: "nearest" });
}

function markeer(id) {
  const bij = buren.get(id) ?? new Set();
  doek.classList.toggle("plaat__doek--keuze", knopen.has(id));
  for (const [eigen, knoop] of knopen) {
    knoop.classList.toggle("knoop--gekozen", eigen === id);
    knoop.classList.toggle("knoop--buur", bij.has(eigen));
    if (eigen === id) knoop.setAttribute("aria-current", "true");
    else knoop.removeAttribute("aria-current");
  }
  for (const lijn of lijnen) lijn.classList.toggle("band--gekozen", Boolean(id) && [lijn.dataset.van, lijn.dataset.naar].includes(id));
  for (const rij of document.querySelectorAll("tr[data-id]")) rij.classList.toggle("rij--gekozen", rij.dataset.id === id);
  houdVast(id);
  if (knopen.has(id)) alleenDeze(knopen.get(id));
}

/* De formulieren nemen de keuze mee. */
function houdVast(id) {
  const filters = document.querySelector("[data-filters]");
  let veld = filters.querySelector("input[name=van]");
  if (!veld) {
    veld = document.createElement("input");
    veld.type = "hidden";
    veld.name = "van";
    filters.append(veld);
  }
  veld.value = id;
  const begin = document.querySelector(".netwerkvraag select[name=van]");
  if (begin && [...begin.options].some((keuze) => keuze.value === id)) begin.value = id;
}

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const knoop = event.target.closest(".plaat .knoop");
  const rij = event.target.closest("[data-kies]");
  const los = event.target.closest("[data-los]");
  if (samengevat || (!knoop && !rij && !los)) return;
  event.preventDefault();
  if (knoop) kies(knoop.dataset.id);
  else if (rij) kies(rij.dataset.kies, "[data-plaat]");
  else {
    const eerst = knopen.get(gekozen());
    kies("");
    (eerst ?? volgorde[0]).focus({ preventScroll: true });
  }
});

/* Velden die leeg zijn, horen niet in het adres; alle lijnen aan is hetzelfde als geen filter. */
for (const formulier of document.querySelectorAll("[data-filters], .netwerkvraag")) {
  formulier.addEventListener("formdata", (event) => {
    for (const naam of new Set(event.formData.keys())) {
      if (!event.formData.getAll(naam).some(Boolean)) event.formData.delete(naam);
    }
    if (formulier.matches("[data-filters]") && event.formData.getAll("lijn").length === 3) event.formData.delete("lijn");
  });
}

/* ---- lopen met het toetsenbord ---- */

function alleenDeze(knoop) {
  deze?.setAttribute("tabindex", "-1");
  knoop.setAttribute("tabindex", "0");
  deze = knoop;
}

function plek(knoop) {
  return [Number(knoop.dataset.x), Number(knoop.dataset.y)];
}

/* De buur die het best in de richting van het pijltje ligt. */
function buurNaar(knoop, [rx, ry]) {
  const [x, y] = plek(knoop);
  let beste = null;
  let hoogst = 0.3;
  for (const id of buren.get(knoop.dataset.id)) {
    const [bx, by] = plek(knopen.get(id));
    const ver = Math.hypot(bx - x, by - y) || 1;
    const recht = ((bx - x) * rx + (by - y) * ry) / ver;
    if (recht > hoogst) [beste, hoogst] = [knopen.get(id), recht];
  }
  return beste;
}

const RICHTING = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

doek.addEventListener("keydown", (event) => {
  const knoop = event.target.closest(".knoop");
  if (!knoop || event.ctrlKey || event.altKey || event.metaKey) return;
  const nummer = volgorde.indexOf(knoop);
  const verder = {
    PageDown: volgorde[(nummer + 1) % volgorde.length],
    PageUp: volgorde[(nummer + volgorde.length - 1) % volgorde.length],
    Home: volgorde[0],
    End: volgorde.at(-1),
  };
  const naar = event.key in RICHTING ? buurNaar(knoop, RICHTING[event.key]) : verder[event.key];
  if (event.key === " ") knoop.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  else if (event.key === "Escape" && gekozen()) {
    kies("");
    knoop.focus({ preventScroll: true });
  } else if (naar) {
    alleenDeze(naar);
    plaat.inBeeld(...plek(naar));
    naar.focus({ preventScroll: true });
    naar.scrollIntoView({ block: "nearest", inline: "nearest" });
  } else if (!(event.key in RICHTING)) return;
  event.preventDefault();
});

/* ---- begin ---- */

for (const knoop of volgorde) knoop.setAttribute("tabindex", "-1");
alleenDeze(knopen.get(gekozen()) ?? volgorde[0]);
houdVast(gekozen());
document.querySelector("[data-plaat]").dataset.klaar = "ja";
/* Het plaatje werkt al; de kaart komt erbij. */
const { maakKaart } = await import("./netwerk_kaart.js");
kaart = await maakKaart((id) => kies(id));
kaart.toon(gekozen());
