// Small manners of every page: the summary of errors takes the focus, and signing out leaves nothing behind.

document.querySelector("[data-focus]")?.focus();

document.querySelector("form[data-sign-out]")?.addEventListener("submit", (event) => {
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("touchstone:"));
  if (kept.length && !confirm(event.target.dataset.unsent)) {
    event.preventDefault();
    return;
  }
  for (const key of kept) localStorage.removeItem(key);
});
