/** The world's clock: a histogram of what was told when, a slider, play, and back to now. */

import { Away, Problem, type Api } from "./api";
import { dayOf } from "./asking";
import { binsOf, type Bin } from "./bins";
import { button, h } from "./dom";
import type { Timeline } from "./shapes";
import { about, type State } from "./state";
import { count, date } from "./words";

const STEP_MS = 1100;
const SOME = 200;

export class Clock {
  private bins: Bin[] = [];
  private asked = "";
  private timer = 0;
  private readonly bars = h("div", { class: "bars", "aria-hidden": "true" });
  private readonly slider = h("input", {
    type: "range",
    min: 0,
    max: 0,
    step: 1,
    "aria-label": "As of",
    input: () => this.slid(),
  });
  private readonly day = h("input", { type: "date", id: "as-of", change: () => this.go(this.day.value) });
  private readonly earlier = h("input", {
    type: "date",
    id: "since",
    change: () => this.from(this.earlier.value),
  });
  private readonly earlierLabel = h("label", { for: "since" }, "From ", this.earlier);
  private readonly player = button("▶ Play", () => this.toggle(), { "aria-pressed": "false" });
  private state: State | null = null;

  constructor(
    host: HTMLElement,
    private readonly api: Api,
    private readonly ask: (state: State, keep: "push" | "replace") => void,
  ) {
    host.append(
      h(
        "div",
        { class: "dates" },
        this.earlierLabel,
        h("label", { for: "as-of" }, "As of ", this.day),
        this.player,
        button("Now", () => this.go(""), { title: "As of today" }),
      ),
      h("div", { class: "strip" }, this.bars, this.slider),
    );
  }

  /** Follows the state; the histogram is fetched anew only for other actors. */
  async show(state: State): Promise<void> {
    this.state = state;
    this.day.value = dayOf(state) || new Date().toISOString().slice(0, 10);
    const since = state.question === "changes" ? "from" : "since";
    this.earlierLabel.hidden = !["changes", "neighbours", "timeline"].includes(state.question);
    this.earlier.value = state.parameters[since] ?? "";
    const actors = about(state).slice(0, 2).join(",");
    if (actors !== this.asked) await this.fetch(actors);
    this.mark();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.player.textContent = "▶ Play";
    this.player.setAttribute("aria-pressed", "false");
  }

  private async fetch(actors: string): Promise<void> {
    this.asked = actors;
    this.bins = [];
    try {
      const { data, meta } = await this.api.get<Timeline>(
        `/v1/timeline?limit=${SOME}&actors=${encodeURIComponent(actors)}`,
      );
      const happenings = data.chapters.flatMap((chapter) => chapter.happenings);
      if (this.asked === actors) this.bins = binsOf(happenings, data.years, !meta.next_cursor);
    } catch (error) {
      // The answer itself says what is wrong; without a histogram the day can still be set.
      if (!(error instanceof Away || error instanceof Problem)) throw error;
    }
    const most = Math.max(1, ...this.bins.map((bin) => bin.count));
    this.bars.replaceChildren(...this.bins.map((bin, at) => this.bar(bin, at, most)));
    this.slider.max = String(Math.max(0, this.bins.length - 1));
    this.slider.disabled = this.player.disabled = this.bins.length < 2;
  }

  private bar(bin: Bin, at: number, most: number): HTMLElement {
    const bar = h("i", {
      title: `${date(bin.label)}: ${count(bin.count, "claim")}`,
      click: () => this.to(at),
    });
    bar.style.height = `${bin.count ? 12 + (88 * bin.count) / most : 3}%`;
    return bar;
  }

  private mark(): void {
    const day = this.state ? dayOf(this.state) : "";
    const at = day
      ? this.bins.findLastIndex(
          (bin) => bin.ends.slice(0, bin.label.length) <= day.slice(0, bin.label.length),
        )
      : this.bins.length - 1;
    this.slider.value = String(Math.max(0, at));
    const bin = this.bins[at];
    this.slider.setAttribute("aria-valuetext", day ? date(day) : "today");
    this.slider.title = bin ? `${date(bin.label)}: ${count(bin.count, "claim")} begin` : "";
    [...this.bars.children].forEach((bar, index) => bar.classList.toggle("past", index <= at));
  }

  private slid(): void {
    this.to(Number(this.slider.value));
  }

  private to(at: number, keep: "push" | "replace" = "push"): void {
    const bin = this.bins[at];
    if (bin) this.go(bin.ends, keep);
  }

  private go(day: string, keep: "push" | "replace" = "push"): void {
    if (!this.state) return;
    const parameters = { ...this.state.parameters };
    const name = this.state.question === "changes" ? "to" : "as_of";
    if (day) parameters[name] = day;
    else {
      // Now is what is known now, too.
      delete parameters[name];
      delete parameters["known_at"];
    }
    this.ask({ ...this.state, parameters }, keep);
  }

  private from(day: string): void {
    if (!this.state) return;
    const parameters = { ...this.state.parameters };
    const name = this.state.question === "changes" ? "from" : "since";
    if (day) parameters[name] = day;
    else delete parameters[name];
    this.ask({ ...this.state, parameters }, "push");
  }

  private toggle(): void {
    if (this.timer) return this.stop();
    const last = this.bins.length - 1;
    let at = Number(this.slider.value) >= last ? 0 : Number(this.slider.value) + 1;
    const step = () => {
      if (at > last) return this.stop();
      this.to(at++, "replace");
    };
    this.player.textContent = "❚❚ Pause";
    this.player.setAttribute("aria-pressed", "true");
    this.timer = window.setInterval(step, STEP_MS);
    step();
  }
}
