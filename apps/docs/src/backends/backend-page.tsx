import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { sourcesOf } from '../compare/cells.ts'
import { Code } from '../components/code.tsx'
import { DataTable } from '../components/data-table.tsx'
import { EvidenceSource } from '../components/evidence-source.tsx'
import { SettingTable } from '../components/setting-table.tsx'
import { factsOf } from '../facts/backends/index.ts'
import { settingGroups } from '../facts/settings.ts'
import { reference } from '../reference/read-reference.ts'
import type { ReferenceBackend } from '../reference/reference.ts'
import type { Language, Words } from '../site/language.ts'
import { SectionPage } from '../site/section-page.tsx'
import { pageMetadata } from '../site/shell.tsx'
import { Abilities } from './abilities-list.tsx'
import { BackendCost } from './backend-cost.tsx'
import { BackendParity } from './backend-parity.tsx'
import { backendWords } from './backend-words.ts'
import { capabilityFacts } from './capability-facts.ts'

/** What Next hands to a page below `[name]`. */
export interface BackendParams {
  readonly params: Promise<{ readonly name: string }>
}

/** Names of the backends as Next asks for them. */
export function backendParams(): { name: string }[] {
  return reference.backends.map(({ name }) => ({ name }))
}

/** Title and description of a backend's page. */
export async function backendMetadata({ params }: BackendParams, language: Language): Promise<Metadata> {
  const { name, title } = findBackend((await params).name)
  const path = `/backends/${name}/`
  return pageMetadata({ path, language, title, description: factsOf(name).about[language] })
}

/** Everything about one backend. */
export function BackendPage(props: { readonly name: string; readonly language: Language }): ReactNode {
  const { name, language } = props
  const backend = findBackend(name)
  const words = backendWords[language]
  const { about, differs, limits } = factsOf(name)
  return (
    <SectionPage
      language={language}
      path={`/backends/${name}/`}
      title={backend.title}
      lead={about[language]}
      sections={[
        { id: 'set-up', title: words.setUp, body: <SetUp backend={backend} language={language} /> },
        { id: 'differs', title: words.differs, body: <Points points={differs} language={language} /> },
        { id: 'limits', title: words.limits, body: <Points points={limits} language={language} /> },
        { id: 'cost', title: words.cost, body: <BackendCost backend={backend} language={language} /> },
        {
          id: 'abilities',
          title: words.doers,
          body: <Abilities capabilities={backend.capabilities} language={language} />,
        },
        {
          id: 'capabilities',
          title: words.facts,
          body: <Capabilities backend={backend} language={language} />,
        },
        { id: 'parity', title: words.parity, body: <BackendParity name={name} language={language} /> },
      ]}
    >
      <p>
        {words.called} <code>{name}</code>.
      </p>
      {!['local', 'replay'].includes(name) && <p className="note">{words.notRun}</p>}
    </SectionPage>
  )
}

function findBackend(name: string): ReferenceBackend {
  const found = reference.backends.find((backend) => backend.name === name)
  if (!found) throw new Error(`There is no backend ${name}.`)
  return found
}

function SetUp(props: { readonly backend: ReferenceBackend; readonly language: Language }): ReactNode {
  const { backend, language } = props
  const words = backendWords[language]
  const group = settingGroups.find(({ id }) => id === backend.name)
  return (
    <>
      {backend.help === null ? (
        <p>{words.noSetUp}</p>
      ) : (
        <p lang={language === 'en' ? undefined : 'en'}>{backend.help}</p>
      )}
      <Code>{factsOf(backend.name).commands}</Code>
      {group && (
        <>
          <h3>{words.settings}</h3>
          <div lang={language === 'en' ? undefined : 'en'}>
            <SettingTable group={group} />
          </div>
        </>
      )}
    </>
  )
}

function Points(props: { readonly points: readonly Words[]; readonly language: Language }): ReactNode {
  return (
    <ul>
      {props.points.map((point) => (
        <li key={point.en}>{point[props.language]}</li>
      ))}
    </ul>
  )
}

function Capabilities(props: { readonly backend: ReferenceBackend; readonly language: Language }): ReactNode {
  const { capabilities, title } = props.backend
  const words = backendWords[props.language]
  return (
    <DataTable
      label={`${words.facts}: ${title}`}
      heads={[words.fact, words.value, words.source]}
      rows={capabilityFacts(props.backend, props.language).map(({ title: fact, value, fields }) => ({
        id: fact,
        cells: [
          fact,
          value,
          <ul key="sources" className="cell-sources">
            {sourcesOf(capabilities, fields).map((source) => (
              <li key={`${source.source} ${source.date}`}>
                <EvidenceSource evidence={source} language={props.language} />
              </li>
            ))}
          </ul>,
        ],
      }))}
    />
  )
}
