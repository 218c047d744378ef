/* Kijk elke seconde of de server klaar is met het bestand, en toon dan wat het verandert. */

const vak = document.querySelector("[data-invoer-stand]");
const WACHT = 1000;

async function kijk() {
  try {
    const antwoord = await fetch(vak.dataset.invoerStand, { headers: { Accept: "application/json" } });
    if (antwoord.ok && !(await antwoord.json()).bezig) {
      window.location.reload();
      return;
    }
  } catch {
    /* Even geen bereik: de volgende keer lukt het misschien wel. */
  }
  setTimeout(kijk, WACHT);
}

setTimeout(kijk, WACHT);
