/* De wacht van de meekijkstand: waarschuwt na vier minuten zonder invoer, en leegt na vijf. */

export const WAARSCHUW_NA = 4 * 60 * 1000;
export const LEEG_NA = 5 * 60 * 1000;
const STAP = 1000;

/* `waarschuw(aan)` toont of verbergt de vraag; `leeg()` maakt de pagina leeg. Kijkt naar de klok en
   telt geen stappen: een slapende laptop loopt zo niet achter. */
export function maakWacht({ waarschuw, leeg }) {
  let laatst = 0;
  let loopt = 0;
  let gewaarschuwd = false;

  function zet(aan) {
    if (aan !== gewaarschuwd) waarschuw(aan);
    gewaarschuwd = aan;
  }

  function kijk() {
    const stil = Date.now() - laatst;
    if (stil >= LEEG_NA) {
      laatst = Date.now();
      zet(false);
      leeg();
    } else if (stil >= WAARSCHUW_NA) {
      zet(true);
    }
  }

  return {
    invoer() {
      laatst = Date.now();
      zet(false);
    },
    start() {
      laatst = Date.now();
      if (!loopt) loopt = setInterval(kijk, STAP);
    },
    stop() {
      clearInterval(loopt);
      loopt = 0;
      zet(false);
    },
  };
}
