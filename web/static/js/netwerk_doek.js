/* Het plaatje groter, kleiner en opzij; knopen en namen houden hun maat op het scherm. */

/* Dezelfde standen als web/network_view_labels.py: eenheden van het plaatje per punt van het scherm. */
const STANDEN = [2.9, 1.5, 1.15, 0.86, 0.57, 0.38, 0.25];
const KLEINST = 0.12;

export function maakDoek(doek) {
  const geheel = doek.viewBox.baseVal;
  const heel = { x: geheel.x, y: geheel.y, breed: geheel.width, hoog: geheel.height };
  let nu = { ...heel };
  let gezet = Number(getComputedStyle(doek).getPropertyValue("--s"));

  function zet(x, y, deel) {
    const breed = heel.breed * deel;
    const hoog = heel.hoog * deel;
    nu = {
      x: Math.min(heel.breed - breed, Math.max(0, x)),
      y: Math.min(heel.hoog - hoog, Math.max(0, y)),
      breed,
      hoog,
    };
    doek.setAttribute("viewBox", `${nu.x} ${nu.y} ${breed} ${hoog}`);
    doek.classList.toggle("plaat__doek--groot", deel < 1);
    maten();
  }

  function schaal() {
    return Math.max(nu.breed / (doek.clientWidth || nu.breed), nu.hoog / (doek.clientHeight || nu.hoog));
  }

  function maten() {
    const s = schaal();
    /* Op de telefoon liggen de knopen dichter bij elkaar: daar zijn ze iets kleiner. */
    const maat = Math.min(s, 1.6 + (s - 1.6) * 0.55);
    if (Math.abs(maat / gezet - 1) > 0.03) {
      doek.style.setProperty("--s", maat.toFixed(3));
      gezet = maat;
    }
    const past = STANDEN.findLastIndex((stand) => s <= stand);
    const niveau = String(Math.max(0, past));
    if (doek.dataset.niveau !== niveau) doek.dataset.niveau = niveau;
  }

  /* Op de telefoon is het plaatje breder dan het scherm; wie verder uitzoomt, ziet het geheel klein. */
  function geheelInBeeld(aan) {
    doek.classList.toggle("plaat__doek--heel", aan);
    maten();
  }

  function zoom(keer, midden = [nu.x + nu.breed / 2, nu.y + nu.hoog / 2]) {
    if (keer > 1 && nu.breed >= heel.breed) return geheelInBeeld(true);
    if (keer < 1 && doek.classList.contains("plaat__doek--heel")) return geheelInBeeld(false);
    const deel = Math.min(1, Math.max(KLEINST, (nu.breed / heel.breed) * keer));
    const maat = (deel * heel.breed) / nu.breed;
    zet(midden[0] - (midden[0] - nu.x) * maat, midden[1] - (midden[1] - nu.y) * maat, deel);
  }

  function inPlaat(event) {
    const punt = new DOMPoint(event.clientX, event.clientY).matrixTransform(doek.getScreenCTM().inverse());
    return [punt.x, punt.y];
  }

  /* Met Ctrl en het wiel, zodat de bladzijde gewoon blijft schuiven. */
  doek.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, inPlaat(event));
    },
    { passive: false },
  );

  let sleep = null;
  doek.addEventListener("pointerdown", (event) => {
    if (nu.breed >= heel.breed || event.button) return;
    sleep = { x: event.clientX, y: event.clientY, van: { ...nu }, ver: false };
  });
  doek.addEventListener("pointermove", (event) => {
    if (!sleep) return;
    const [dx, dy] = [event.clientX - sleep.x, event.clientY - sleep.y];
    if (!sleep.ver && Math.hypot(dx, dy) < 6) return;
    if (!sleep.ver) doek.setPointerCapture(event.pointerId);
    sleep.ver = true;
    doek.classList.add("plaat__doek--grijpt");
    zet(sleep.van.x - dx * schaal(), sleep.van.y - dy * schaal(), sleep.van.breed / heel.breed);
  });
  for (const naam of ["pointerup", "pointercancel"]) {
    doek.addEventListener(naam, () => {
      const versleept = sleep?.ver;
      sleep = null;
      doek.classList.remove("plaat__doek--grijpt");
      if (versleept) doek.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
    });
  }
  doek.addEventListener("dragstart", (event) => event.preventDefault());

  const knoppen = document.querySelector("[data-knoppen]");
  knoppen.hidden = false;
  knoppen.addEventListener("click", (event) => {
    const wat = event.target.closest("[data-zoom]")?.dataset.zoom;
    if (wat === "in") zoom(0.67);
    else if (wat === "uit") zoom(1.5);
    else if (wat === "alles") {
      geheelInBeeld(true);
      zet(0, 0, 1);
    }
  });

  new ResizeObserver(maten).observe(doek);
  const schuif = doek.parentElement;
  schuif.scrollLeft = (schuif.scrollWidth - schuif.clientWidth) / 2;
  maten();

  return {
    inBeeld(x, y) {
      const marge = nu.breed / 10;
      const binnen = x > nu.x + marge && x < nu.x + nu.breed - marge && y > nu.y + marge / 2 && y < nu.y + nu.hoog - marge / 2;
      if (nu.breed < heel.breed && !binnen) zet(x - nu.breed / 2, y - nu.hoog / 2, nu.breed / heel.breed);
    },
  };
}
