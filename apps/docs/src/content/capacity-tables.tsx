import type { ReactNode } from 'react'
import { DataTable } from '../components/data-table.tsx'
import { capacity, seeding } from '../facts/capacity.ts'
import type { Measured } from '../facts/capacity.ts'
import type { Language } from '../site/language.ts'

/** How many calls a gateway carries, with the machine it was measured on. */
export function CapacityFigures({ language }: { readonly language: Language }): ReactNode {
  const isGerman = language === 'de'
  const notMeasured = isGerman ? 'nicht gemessen' : 'not measured'
  const heads = isGerman
    ? ['Anruf', 'CPU je Anruf und Sekunde', 'Anrufe auf 70 % eines Kerns']
    : ['Call', 'CPU per call and second', 'Calls on 70 % of a core']
  const resumed = isGerman ? ', kann wiederkommen' : ', can come back'
  return (
    <>
      <DataTable
        label={isGerman ? 'Anrufe je Gateway' : 'Calls per gateway'}
        heads={heads}
        rows={capacity.carried.map(({ frameMs, resumable, cpuMs, calls }) => ({
          id: `${frameMs}-${resumable}`,
          cells: [
            `${frameMs} ms${resumable ? resumed : ''}`,
            cpuMs === null ? notMeasured : `${numberIn(cpuMs, language)} ms`,
            calls ?? notMeasured,
          ],
        }))}
      />
      <p>
        {isGerman
          ? `Ein Anruf, in dem niemand spricht, belegt ${capacity.idleKilobytes} KB. Alle sprechen die ganze Zeit und bekommen die ganze Zeit Ton. ${whereGerman(capacity)}`
          : `A call in which nobody speaks takes ${capacity.idleKilobytes} KB. Everybody speaks, and is spoken to, all the time. ${whereEnglish(capacity)}`}
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
