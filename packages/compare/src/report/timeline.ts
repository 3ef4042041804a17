import { describeLane } from '../describe-lane.ts'
import type { Comparison } from '../run/comparison.ts'
import { html, type Html } from './html.ts'
import { reportTexts } from './texts.ts'

/** The frame of a comparison's timeline; its script fills in what is drawn and moves. */
export function timelineSection(
  comparison: Comparison,
  { language, audio }: { readonly language: 'en' | 'de'; readonly audio: boolean },
): Html {
  const texts = reportTexts[language]
  const repeats = [...new Set(comparison.runs.map(({ repeat }) => repeat))].toSorted((a, b) => a - b)
  return html`<section class="timeline" data-part="timeline">
    <h3>${texts.sound}</h3>
    ${audio ? undefined : html`<p class="note">${texts.noSound}</p>`}
    <noscript><p class="warning">${texts.noScript}</p></noscript>
    <div class="transport">
      ${
        audio
          ? html`<button class="strong" type="button" data-action="play">
                <span class="glyph" aria-hidden="true"></span
                ><span data-part="play-label">${texts.play}</span>
              </button>
              ${choice('mode', texts.playing, [
                ['turn', texts.oneAfterOther],
                ['together', texts.atOnce],
              ])}`
          : undefined
      }
      <output class="clock" data-part="clock">0.0 s</output>
      ${choice('align', texts.alignment, [
        ['speech', texts.bySpeech],
        ['connection', texts.byConnection],
      ])}
      ${
        repeats.length < 2
          ? undefined
          : html`<label class="pick"
              >${texts.repeat}
              <select data-part="repeat">
                ${repeats.map((repeat) => html`<option value="${repeat}">${repeat + 1}</option>`)}
              </select></label
            >`
      }
      <span class="group" role="group" aria-label="${texts.zoom}">
        <button type="button" data-action="zoom-out" aria-label="${texts.zoomOut}">−</button>
        <button type="button" data-action="zoom-all">${texts.zoomAll}</button>
        <button type="button" data-action="zoom-in" aria-label="${texts.zoomIn}">+</button>
      </span>
    </div>
    <p class="legend">
      <span class="key person">${texts.person}</span><span class="key answer">${texts.answer}</span
      ><span class="key wait">${texts.wait}</span>
    </p>
    <div class="stage" data-part="stage">
      <svg class="axis" data-part="axis" aria-hidden="true"></svg>
      <input
        class="seek"
        type="range"
        min="0"
        max="1"
        step="1"
        value="0"
        data-part="seek"
        aria-label="${texts.playhead}"
      />
      ${comparison.lanes.map((lane, index) => {
        const { label } = lane
        return html`<section class="lane" data-lane="${index}">
          <header>
            <h4>${label}</h4>
            <span class="lane-backend">${describeLane(lane, language)}</span>
            <span class="lane-waits" data-part="waits"></span>
            ${
              audio
                ? html`<span class="lane-buttons">
                    <button type="button" data-action="play-lane" aria-label="${texts.playLane(label)}">
                      ${texts.play}
                    </button>
                    <button
                      type="button"
                      data-action="solo"
                      aria-pressed="false"
                      aria-label="${texts.soloLane(label)}"
                    >
                      ${texts.solo}
                    </button>
                    <button
                      type="button"
                      data-action="mute"
                      aria-pressed="false"
                      aria-label="${texts.muteLane(label)}"
                    >
                      ${texts.mute}
                    </button>
                    <button type="button" data-action="save" aria-label="${texts.saveLane(label)}">
                      ${texts.save}
                    </button>
                  </span>`
                : undefined
            }
          </header>
          <svg class="tracks" data-part="tracks" role="img" aria-label="${label}"></svg>
        </section>`
      })}
      <div class="playhead" data-part="playhead"></div>
    </div>
    <details class="keys">
      <summary>${texts.keys}</summary>
      <dl>
        ${texts.keyList.map(
          ([keys, action]) =>
            html`<div>
              <dt><kbd>${keys}</kbd></dt>
              <dd>${action}</dd>
            </div>`,
        )}
      </dl>
    </details>
  </section>`
}

/** A few buttons of which one is pressed; the first at the beginning. */
function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): Html {
  return html`<span class="group" role="group" aria-label="${label}">
    ${options.map(
      ([value, text], index) =>
        html`<button
          type="button"
          data-action="${name}"
          data-value="${value}"
          aria-pressed="${index === 0 ? 'true' : 'false'}"
        >
          ${text}
        </button>`,
    )}
  </span>`
}
