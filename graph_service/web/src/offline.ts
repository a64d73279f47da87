/** The drawing in a file of its own: what it shows stands in the file. */

import { Sight, type Told } from "./sight";

const host = document.getElementById("sight");
const told = document.getElementById("told")?.textContent;
if (host && told) {
  const sight = new Sight(host, { chosen: () => undefined, expand: null, day: () => undefined });
  sight.show(JSON.parse(told) as Told, [], "");
}
