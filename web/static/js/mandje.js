"use strict";
/* Het mandje: wat u kiest voor een blad. Het staat alleen in deze pagina; herladen maakt het leeg. */
(() => {
  const MEESTE = 20;
  const main = document.querySelector("main");
  const gekozen = new Set();

  const maak = (soort, klasse, tekst = "") => {
    const ding = document.createElement(soort);
    ding.className = klasse;
    ding.textContent = tekst;
    return ding;
  };

  const veld = (naam, waarde) => {
    const invoer = document.createElement("input");
    invoer.type = "hidden";
    invoer.name = naam;
    invoer.value = waarde;
    return invoer;
  };

  const balk = maak("form", "mandje");
  balk.action = "/blad";
  balk.method = "post";
  balk.target = "_blank";
  balk.rel = "noopener";
  balk.hidden = true;
  balk.setAttribute("aria-label", "Mandje");
  const telling = maak("p", "mandje__telling");
  const blad = maak("button", "nl-button nl-button--primary", "Maak een blad voor de bewoner");
  blad.type = "submit";
  blad.append(maak("span", "alleen-voorlezen", " (gaat open in een nieuw tabblad)"));
  const leeg = maak("button", "nl-button nl-button--secondary nl-button--klein", "Leeg het mandje");
  leeg.type = "button";
  const velden = maak("div", "");
  velden.hidden = true;
  balk.append(telling, leeg, blad, velden);
  /* Buiten de balk: een verborgen balk zegt niets. */
  const zeg = maak("p", "alleen-voorlezen");
  zeg.setAttribute("role", "status");
  main.append(balk, zeg);

  const tel = () => (gekozen.size === 1 ? "1 in het mandje" : `${gekozen.size} in het mandje`);

  const toon = () => {
    balk.hidden = gekozen.size === 0;
    document.documentElement.classList.toggle("met-mandje", gekozen.size > 0);
    telling.textContent = tel();
    for (const knop of document.querySelectorAll("[data-mandje-knop]")) {
      knop.setAttribute("aria-pressed", String(gekozen.has(knop.dataset.mandjeKnop)));
    }
  };

  const kies = (id) => {
    if (gekozen.has(id)) gekozen.delete(id);
    else if (gekozen.size < MEESTE) gekozen.add(id);
    else {
      zeg.textContent = `Het mandje is vol: er passen er ${MEESTE} op een blad.`;
      telling.textContent = zeg.textContent;
      return;
    }
    toon();
    zeg.textContent = gekozen.size === 0 ? "Het mandje is leeg" : tel();
  };

  const vul = () => {
    for (const plek of document.querySelectorAll(".treffer__mandje[data-aanbod]:not([data-klaar])")) {
      const id = plek.dataset.aanbod;
      const naam = plek.closest("[data-naam]")?.dataset.naam ?? "";
      const knop = maak("button", "mandje__knop", "In het mandje");
      knop.type = "button";
      knop.dataset.mandjeKnop = id;
      knop.append(maak("span", "alleen-voorlezen", `: ${naam}`));
      knop.addEventListener("click", () => kies(id));
      plek.replaceChildren(knop);
      plek.dataset.klaar = "";
    }
    /* Zonder script staat hier het formulier met vinkjes. */
    for (const vorm of document.querySelectorAll("[data-mandje-zonder]")) vorm.hidden = true;
    toon();
  };

  /* De plek van de vraag gaat grof mee: op drie cijfers, ongeveer honderd meter. */
  const begin = () => {
    const delen = document.querySelector(".treffers[data-plek]")?.dataset.plek.split(",").map(Number);
    if (!delen || delen.length !== 2 || !delen.every(Number.isFinite)) return [];
    return [veld("lon", delen[0].toFixed(3)), veld("lat", delen[1].toFixed(3))];
  };

  balk.addEventListener("submit", () => {
    velden.replaceChildren(...[...gekozen].map((id) => veld("aanbod", id)), ...begin());
  });

  const maakLeeg = () => {
    gekozen.clear();
    velden.replaceChildren();
    toon();
  };

  leeg.addEventListener("click", () => {
    maakLeeg();
    zeg.textContent = "Het mandje is leeg";
    main.focus();
  });

  /* Wie de pagina leegmaakt omdat de bewoner weg is, maakt ook het mandje leeg. */
  document.addEventListener("zoeken:leeg", maakLeeg);

  new MutationObserver((wat) => {
    const eigen = (ding) => ding === zeg || balk.contains(ding);
    if (wat.some((een) => een.addedNodes.length > 0 && !eigen(een.target))) vul();
  }).observe(main, { childList: true, subtree: true });
  vul();
})();
