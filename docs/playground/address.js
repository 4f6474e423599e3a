// The page's whole state in its address: the form's controls as name=value, but for those at their default.

const valueOf = (control) => (control.type === "checkbox" ? (control.checked ? "on" : "off") : control.value);

function put(control, value) {
  if (control.type === "checkbox") control.checked = value === "on";
  else control.value = value;
}

const valid = (control) => control.validity?.valid ?? true;

export class Address {
  constructor(form) {
    const names = [...form.elements].map(({ name }) => name).filter(Boolean);
    this.controls = new Map(names.map((name) => [name, form.elements[name]])); // radio buttons as one
    this.defaults = new Map([...this.controls].map(([name, control]) => [name, valueOf(control)]));
  }

  /** Sets all controls; returns what the address asks for and cannot have. */
  read() {
    for (const [name, control] of this.controls) put(control, this.defaults.get(name));
    const refused = [];
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      const control = this.controls.get(name);
      if (control) put(control, value);
      if (control && valueOf(control) === value && valid(control)) continue;
      refused.push(`${name} = ${value}`);
      if (control) put(control, this.defaults.get(name));
    }
    return refused.join(", ");
  }

  write() {
    clearTimeout(this.timer);
    const changed = [...this.controls].filter(
      ([name, c]) => valid(c) && valueOf(c) !== this.defaults.get(name),
    );
    const text = new URLSearchParams(changed.map(([name, control]) => [name, valueOf(control)]));
    history.replaceState(null, "", changed.length ? `#${text}` : location.pathname + location.search);
  }

  /** Writes a moment after the last change: browsers refuse too many. */
  writeSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), 200);
  }
}
