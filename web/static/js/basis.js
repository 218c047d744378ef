"use strict";
/* Kleine hulp op elke pagina. Zonder dit script werkt alles ook, met een stap meer. */
(() => {
  /* Escape sluit wat openstaat en zet de focus terug; een klik ernaast sluit ook. */
  const open = () => document.querySelectorAll("details.filter[open], details[data-sluit-zelf][open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const blok of open()) {
      blok.open = false;
      blok.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const blok of open()) {
      if (!blok.contains(event.target)) blok.open = false;
    }
  });

  for (const knop of document.querySelectorAll("[data-druk-af]")) {
    knop.hidden = false;
    knop.addEventListener("click", () => window.print());
  }

  /* Op de telefoon is er geen plek voor een open legenda. */
  if (window.matchMedia("(max-width: 47.99rem)").matches) {
    for (const legenda of document.querySelectorAll("details.kaartvak__legenda")) legenda.open = false;
  }

  /* De lade met de lijst op de telefoon: half, hoog, laag. */
  const volgende = { half: "hoog", hoog: "laag", laag: "half" };
  const woorden = { half: "Maak de lijst groter", hoog: "Maak de lijst kleiner", laag: "Toon de lijst" };
  for (const greep of document.querySelectorAll("[data-lade-greep]")) {
    const lade = greep.closest("[data-lade]");
    const zet = (stand) => {
      lade.dataset.lade = stand;
      greep.setAttribute("aria-label", woorden[stand]);
    };
    greep.hidden = false;
    zet(lade.dataset.lade);
    greep.addEventListener("click", () => zet(volgende[lade.dataset.lade]));
  }
})();
