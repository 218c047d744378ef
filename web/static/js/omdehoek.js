/* Hier om de hoek: vraag de telefoon om de plek, en stuur die in het formulier. Nooit in het adres. */

const vorm = document.querySelector("[data-hier-vorm]");
const zin = vorm.querySelector("[data-hier-zin]");
/* Zo'n tien meter: genoeg om op te lopen, en niet meer dan dat. */
const DECIMALEN = 4;

vorm.hidden = !navigator.geolocation;
vorm.addEventListener("submit", (event) => {
  event.preventDefault();
  zin.textContent = "Wij vragen uw telefoon waar u bent.";
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      vorm.elements.lon.value = coords.longitude.toFixed(DECIMALEN);
      vorm.elements.lat.value = coords.latitude.toFixed(DECIMALEN);
      vorm.submit();
    },
    () => { zin.textContent = "Uw telefoon gaf geen plek. Typ hieronder waar u bent."; },
    { enableHighAccuracy: true, timeout: 10000, maximumAge: 0 },
  );
});
