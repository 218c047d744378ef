/* Houdt het formulier van /bijwerken/nieuw bij de hand waar geen bereik is. Van de kaart alleen de grenzen. */
"use strict";
const PAGINA = {{ pagina | tojson }};
const BEWAAR = {{ bewaar | tojson }};
const VAK = {{ ('straat-' ~ versie) | tojson }};
const GEDULD = 4000;

/* Zonder cookies gevraagd: op de telefoon blijft niet staan wie er is ingelogd. */
async function haalSchil() {
  const antwoord = await fetch(PAGINA, { credentials: "omit", cache: "no-store" });
  if (antwoord.ok) await (await caches.open(VAK)).put(PAGINA, antwoord);
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(VAK).then((vak) => Promise.all([vak.addAll(BEWAAR), haalSchil()])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const naam of await caches.keys()) {
      if (naam.startsWith("straat-") && naam !== VAK) await caches.delete(naam);
    }
    await self.clients.claim();
  })());
});

async function eerstNet(vraag, sleutel) {
  const bewaard = await (await caches.open(VAK)).match(sleutel);
  const net = fetch(vraag);
  if (!bewaard) return net;
  const later = new Promise((klaar) => setTimeout(() => klaar(bewaard.clone()), GEDULD));
  return Promise.race([net, later]).catch(() => bewaard);
}

async function eerstVak(vraag, sleutel) {
  return (await (await caches.open(VAK)).match(sleutel)) ?? fetch(vraag);
}

self.addEventListener("fetch", (event) => {
  const vraag = event.request;
  const adres = new URL(vraag.url);
  if (vraag.method !== "GET" || adres.origin !== self.location.origin) return;
  if (vraag.mode === "navigate") {
    if (adres.pathname !== PAGINA) return;
    event.respondWith(eerstNet(vraag, PAGINA));
    event.waitUntil(haalSchil().catch(() => {}));
    return;
  }
  const sleutel = adres.pathname + adres.search;
  if (!BEWAAR.includes(sleutel)) return;
  const vast = adres.searchParams.has("v") || adres.pathname.endsWith(".woff2");
  event.respondWith(vast ? eerstVak(vraag, sleutel) : eerstNet(vraag, sleutel));
});
