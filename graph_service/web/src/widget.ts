/** The drawing as a widget of a notebook: what is chosen, and the day, can be read and set in Python. */

import { Sight, type Told } from "./sight";

/** What anywidget hands over. */
interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(message: unknown): void;
  on(name: string, heard: () => void): void;
  off(name: string, heard: () => void): void;
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const put = (name: string, value: unknown) => (model.set(name, value), model.save_changes());
  const sight = new Sight(el, {
    chosen: (ties) => put("chosen", ties),
    expand: (actor) => model.send({ expand: actor }),
    day: (day) => put("day", day),
  });
  const draw = () =>
    sight.show(model.get("picture") as Told, model.get("chosen") as string[], model.get("day") as string);
  const choose = () => sight.follow(model.get("chosen") as string[]);
  const turn = () => sight.turn(model.get("day") as string);
  const heard: [string, () => void][] = [
    ["change:picture", draw],
    ["change:chosen", choose],
    ["change:day", turn],
  ];
  heard.forEach(([name, act]) => model.on(name, act));
  draw();
  return () => {
    heard.forEach(([name, act]) => model.off(name, act));
    sight.destroy();
  };
}

export default { render };
