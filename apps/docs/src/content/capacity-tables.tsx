import type { ReactNode } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { capacity, seeding } from '../facts/capacity.ts'
import type { Measured } from '../facts/capacity.ts'
import type { Language } from '../site/language.ts'

const capacityWords = {
  en: {
    label: 'Calls per gateway',
    heads: ['Frames', 'CPU per call and second', 'Computed: calls on 70 % of a core', 'Carried within 20 ms'],
    canReturn: ', can come back',
    none: 'not even 50',
    about: `A call in which nobody speaks takes ${capacity.idleKilobytes} KB. In these everybody speaks, and is spoken to, all the time. The last column counts calls whose frames came through within 20 ms at the 95th percentile; a machine that does other work, too, misses that early, and the column before it is then no more than arithmetic.`,
  },
  de: {
    label: 'Anrufe je Gateway',
    heads: [
      'Frames',
      'CPU je Anruf und Sekunde',
      'Errechnet: Anrufe auf 70 % eines Kerns',
      'Getragen binnen 20 ms',
    ],
    canReturn: ', kann wiederkommen',
    none: 'nicht einmal 50',
    about: `Ein Anruf, in dem niemand spricht, belegt ${capacity.idleKilobytes} KB. Hier sprechen alle die ganze Zeit und bekommen die ganze Zeit Ton. Die letzte Spalte zählt Anrufe, deren Frames im 95. Perzentil binnen 20 ms ankamen; ein Rechner, der auch anderes tut, verfehlt das früh, und die Spalte davor ist dann nur gerechnet.`,
  },
} as const

/** How many calls a gateway carries, with the machine it was measured on. */
export function CapacityFigures({ language }: { readonly language: Language }): ReactNode {
  const { label, heads, canReturn, none, about } = capacityWords[language]
  return (
    <>
      <DataTable
        label={label}
        heads={heads}
        rows={capacity.rows.map(({ frameMs, resumable, cpuMs, calls, carried }) => ({
          id: `${frameMs}-${resumable}`,
          cells: [
            `${frameMs} ms${resumable ? canReturn : ''}`,
            `${numberIn(cpuMs, language)} ms`,
            calls,
            carried === 0 ? none : carried,
          ],
        }))}
      />
      <p>
        {about} {language === 'de' ? whereGerman(capacity) : whereEnglish(capacity)}
      </p>
    </>
  )
}

/** What a conversation of 200 turns adds to the first answer. */
export function SeedingFigures({ language }: { readonly language: Language }): ReactNode {
  const isGerman = language === 'de'
  return (
    <>
      <DataTable
        label={isGerman ? 'Was 200 Beiträge hinzufügen' : 'What 200 turns add'}
        heads={
          isGerman
            ? ['Speicher und Strategie', 'Mehr bis zur ersten Antwort', 'Davon CPU']
            : ['Store and strategy', 'Added to the first answer', 'Of it CPU']
        }
        rows={seeding.rows.map(({ store, strategy, budget, addedMs, addedCpuMs }) => ({
          id: `${store} ${strategy} ${budget}`,
          cells: [
            `${store}, ${strategy}${budget === null ? '' : ` (${numberIn(budget, language)})`}`,
            `${numberIn(addedMs, language)} ms`,
            `${numberIn(addedCpuMs, language)} ms`,
          ],
        }))}
      />
      <p>
        {isGerman
          ? `So viel fügen 200 Beiträge (400 Einträge) auf der Seite des Gateways hinzu, im Median über 40 Sitzungen: laden, planen, mitteilen. ${whereGerman(seeding)}`
          : `So much do 200 turns (400 items) add on the gateway’s side, median of 40 sessions: to load, to plan and to tell. ${whereEnglish(seeding)}`}
      </p>
    </>
  )
}

function whereEnglish({ date, machine, loadBefore }: Measured): string {
  return `Measured on ${date}: ${machine}; load ${loadBefore} before.`
}

function whereGerman({ date, machine, loadBefore }: Measured): string {
  return `Gemessen am ${date} (${machine}; Last davor ${numberIn(loadBefore, 'de')}).`
}

function numberIn(value: number, language: Language): string {
  return value.toLocaleString(language, { maximumFractionDigits: 2 })
}
