/* Wat wacht op bereik: het staat in deze browser tot de server het heeft, en dan niet meer hier. */

const SLEUTEL = "straat-wacht";
const GEDULD = 15000;

export function wachtend() {
  try {
    const rij = JSON.parse(localStorage.getItem(SLEUTEL) ?? "[]");
    return Array.isArray(rij) ? rij : [];
  } catch {
    return [];
  }
}

function leg(rij) {
  if (rij.length) localStorage.setItem(SLEUTEL, JSON.stringify(rij));
  else localStorage.removeItem(SLEUTEL);
}

export function haalWeg(eigen) {
  leg(wachtend().filter((een) => een.eigen !== eigen));
}

export function zetErbij(een) {
  leg([...wachtend().filter((ander) => ander.eigen !== een.eigen), een]);
}

/* Geeft het adres of de fouten; null zolang de server niet antwoordt. */
export async function stuur({ eigen, velden }) {
  try {
    const antwoord = await fetch(location.pathname, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ ...velden, eigen }),
      signal: AbortSignal.timeout(GEDULD),
    });
    const gezegd = await antwoord.json();
    return gezegd.adres || gezegd.fouten ? gezegd : null;
  } catch {
    return null;
  }
}

/* Stuurt alles wat wacht; een tweede keer sturen geeft op de server niets dubbels. */
export async function stuurAlles(bijVerzonden) {
  for (const een of wachtend().filter(({ fouten }) => !fouten)) {
    const gezegd = await stuur(een);
    if (!gezegd) return;
    if (gezegd.adres) {
      haalWeg(een.eigen);
      bijVerzonden(een, gezegd.adres);
    } else {
      zetErbij({ ...een, fouten: gezegd.fouten });
    }
  }
}

export function nieuwEigen() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((getal) => getal.toString(16).padStart(2, "0")).join("");
}
