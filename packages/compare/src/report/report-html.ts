import { reportScript, reportScriptHash, reportStyle, reportStyleHash } from '../generated/report-page.ts'
import type { Comparison } from '../run/comparison.ts'
import { embeddedJson, html, ownCode, type Html } from './html.ts'
import { numbersSection, waitsSection } from './numbers.ts'
import { reportData } from './report-data.ts'
import { reportTexts } from './texts.ts'
import { timelineSection } from './timeline.ts'
import { warningsSection } from './warnings.ts'
import { wordsSection } from './words.ts'

/** Language of a report, and whether it carries its sound: about 4 MB for each minute of speech without `audio: false`. */
export interface ReportOptions {
  readonly language: 'en' | 'de'
  readonly audio: boolean
}

// The page's own script and style by their digest and nothing else: no address is ever asked.
const policy = [
  "default-src 'none'",
  `script-src '${reportScriptHash}'`,
  `style-src '${reportStyleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * Comparisons as one HTML file that needs nothing else: it opens from the disk without a network, plays its sound,
 * follows the theme of the system and can be printed.
 */
export function reportHtml(comparisons: readonly Comparison[], options: ReportOptions): string {
  const { language } = options
  const texts = reportTexts[language]
  const [only] = comparisons
  const isSingle = comparisons.length === 1 && only !== undefined
  const title = isSingle ? only.title : texts.report
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${ownCode('style', reportStyle)}
      </head>
      <body>
        <main>
          <header class="head">
            <p class="kicker">${texts.report}</p>
            <h1>${title}</h1>
            ${isSingle ? facts(only, language) : undefined}
          </header>
          ${comparisons.map((comparison, index) => comparisonSection(comparison, index, { ...options, isSingle }))}
        </main>
        <footer><p>${texts.madeBy}</p></footer>
        <script type="application/json" id="report-data">
          ${embeddedJson(reportData(comparisons, options))}
        </script>
        ${ownCode('script', reportScript)}
      </body>
    </html> `
  return page.markup
}

function comparisonSection(
  comparison: Comparison,
  index: number,
  options: ReportOptions & { readonly isSingle: boolean },
): Html {
  const { language, isSingle } = options
  return html`<section class="comparison" data-comparison="${index}">
    ${
      isSingle
        ? html`<h2 class="visually-hidden">${comparison.scenario?.title ?? comparison.title}</h2>`
        : html`<h2>${comparison.title}</h2>
            ${facts(comparison, language)}`
    }
    ${comparison.runs.length === 0 ? html`<p class="note">${reportTexts[language].noRuns}</p>` : undefined}
    ${waitsSection(comparison, language)} ${warningsSection(comparison, language)}
    ${timelineSection(comparison, options)} ${numbersSection(comparison, language)}
    ${wordsSection(comparison, language)}
  </section>`
}

function facts(comparison: Comparison, language: 'en' | 'de'): Html {
  const texts = reportTexts[language]
  const { scenario, createdAt, lanes, repeats, order, status } = comparison
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  const parts = [
    ...(scenario?.title === comparison.title ? [] : [scenario?.title ?? texts.live]),
    texts.lanes(lanes.length),
    texts.repeats(repeats),
    order === 'together' ? texts.together : texts.inTurn,
    `${when.format(new Date(createdAt))} UTC`,
    ...(status === 'completed' ? [] : [status === 'stopped' ? texts.stopped : texts.running]),
  ]
  return html`<p class="meta">${parts.join(' · ')}</p>
    ${scenario === undefined || scenario.description === '' ? undefined : html`<p class="about">${scenario.description}</p>`}`
}
