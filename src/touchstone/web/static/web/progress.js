// Follows the making of a report, and loads the page anew when it has come to an end.

const EVERY = 700; // ms between two questions
const AFTER_FAILURE = 3000;

const place = document.querySelector("[data-progress]");
const bar = place.querySelector("progress");
const step = place.querySelector("[data-step]");

async function ask() {
  let wait = EVERY;
  try {
    const response = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    const run = await response.json();
    if (run.state === "done" || run.state === "failed" || run.state === "none") {
      location.reload();
      return;
    }
    if (run.state === "running") {
      bar.max = run.total;
      bar.value = run.done;
      if (step.textContent !== run.step) step.textContent = run.step;
    }
  } catch {
    wait = AFTER_FAILURE;
  }
  setTimeout(ask, wait);
}

ask();
