// A button that copies the text of a field, shown only where the browser can.
for (const place of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(place.dataset.copies);
  if (!navigator.clipboard || !field) continue;
  const told = place.querySelector("[role=status]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    told.textContent = told.dataset.done;
  });
}
