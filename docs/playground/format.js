// Numbers as the page writes them.

const RAISED = { "-": "⁻", "+": "", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].map((digit, i) => [i, digit])) };

/** 2e-15 as 2 · 10⁻¹⁵. */
export function power(x, digits = 0) {
  if (x === 0 || !Number.isFinite(x)) return number(x, 0);
  const [factor, exponent] = x.toExponential(digits).replace(/^-/, "−").split("e");
  return `${factor} · 10${[...exponent].map((sign) => RAISED[sign]).join("")}`;
}

/** With a true minus sign; what is not finite is called so. */
export function number(x, digits = 3) {
  if (!Number.isFinite(x)) return "not finite";
  if (Math.abs(x) >= 1e5) return power(x, 1);
  const text = x.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}
