// Dark or light: the choice that all pages of the site keep in the browser.

const page = document.documentElement;
const button = document.getElementById("theme");
const other = () => (page.dataset.theme === "dark" ? "light" : "dark");

function name() {
  button.textContent = other() === "dark" ? "Dark" : "Light";
}

button.addEventListener("click", () => {
  page.dataset.theme = other();
  for (const key of ["mode", "theme"]) localStorage.setItem(key, page.dataset.theme);
  name();
});
name();
