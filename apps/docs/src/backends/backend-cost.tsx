import type { ReactNode } from 'react'
import { sourcesOf } from '../compare/cells.ts'
import { DataTable } from '../components/data-table.tsx'
import { EvidenceSource } from '../components/evidence-source.tsx'
import { CostForm } from '../cost/cost-form.tsx'
import { ratesOf } from '../cost/token-rates.ts'
import type { ReferenceBackend, ReferenceCapabilities } from '../reference/reference.ts'
import type { Language, Words } from '../site/language.ts'
import { backendWords } from './backend-words.ts'

/** What a call costs, with the prices it is computed from; honest where that is not known. */
export function BackendCost(props: {
  readonly backend: ReferenceBackend
  readonly language: Language
}): ReactNode {
  const { backend, language } = props
  const { capabilities, name } = backend
  const words = backendWords[language]
  if (capabilities.priceKind === 'free') return <p>{words.free}</p>
  if (capabilities.priceKind === 'unknown') return <p>{words.unknownCost}</p>
  const rates = ratesOf(name)
  const leavesModelOut = Object.values(capabilities.prices).every(({ textIn }) => textIn === undefined)
  return (
    <>
      {rates ? (
        <>
          <p>{words.costLead}</p>
          {leavesModelOut && <p className="note">{words.modelExtra}</p>}
          <CostForm language={language} prices={capabilities.prices} rates={rates} />
          <p className="quiet">
            {words.countsSound(rates.personPerSecond, rates.backendPerSecond)}{' '}
            <EvidenceSource evidence={rates.source} language={language} />.
          </p>
          {rates.otherwise && <p className="quiet">{rates.otherwise[language]}</p>}
        </>
      ) : (
        <p>{words.unknownRates}</p>
      )}
      <Prices capabilities={capabilities} language={language} />
    </>
  )
}

const priceKinds: Readonly<Record<string, Words>> = {
  textIn: { en: 'Text in', de: 'Text hinein' },
  textCachedIn: { en: 'cached', de: 'gespeichert' },
  textOut: { en: 'Text out', de: 'Text heraus' },
  audioIn: { en: 'Sound in', de: 'Ton hinein' },
  audioCachedIn: { en: 'cached', de: 'gespeichert' },
  audioOut: { en: 'Sound out', de: 'Ton heraus' },
}

function Prices(props: {
  readonly capabilities: ReferenceCapabilities
  readonly language: Language
}): ReactNode {
  const { capabilities, language } = props
  const words = backendWords[language]
  const kinds = Object.entries(priceKinds)
  return (
    <>
      <h3>{words.prices}</h3>
      <p className="quiet">
        {words.pricesLead}{' '}
        {sourcesOf(capabilities, ['price']).map((source) => (
          <EvidenceSource key={source.source} evidence={source} language={language} />
        ))}
      </p>
      <DataTable
        label={`${words.prices}: ${capabilities.title}`}
        compact
        heads={[words.model, ...kinds.map(([, title]) => title[language])]}
        rows={Object.entries(capabilities.prices).map(([model, row]) => ({
          id: model,
          cells: [
            model === '*' ? words.anyModel : model,
            ...kinds.map(([kind]) => row[kind]?.toFixed(2) ?? '–'),
          ],
        }))}
      />
    </>
  )
}
