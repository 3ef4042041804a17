import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { Code } from '../components/code.tsx'
import { SettingTable } from '../components/setting-table.tsx'
import { settingGroups } from '../facts/settings.ts'
import { reference } from '../reference/read-reference.ts'
import type { Language } from '../site/language.ts'
import { localAddress } from '../site/pages.ts'
import type { CompiledArticle } from './compile.ts'
import { CapacityFigures, SeedingFigures } from './capacity-tables.tsx'
import { ContextWays } from './memory-tables.tsx'
import { Screenshot } from './screenshot.tsx'
import { TurnTimeline } from './turn/turn-timeline.tsx'
import { Translators, VoiceSources } from './voice-tables.tsx'

type ArticleComponents = NonNullable<Parameters<CompiledArticle['Content']>[0]['components']>

/**
 * What an article may use beside Markdown: `<Note>`, `<Snippet name="web-socket" />` (a file of
 * `scripts/snippets`, which a test runs), `<Settings of="openai" />`, `<VoiceSources />`, `<Translators />`, `<ContextWays />`, `<CapacityFigures />`, `<SeedingFigures />`, `<TurnTimeline />` and
 * `<Screenshot view="compare" alt="..." />`. Links to `/guides/...` and the like lead to the reader's language where the
 * page is written in it.
 */
export function articleComponents(language: Language): ArticleComponents {
  return {
    a: (props: ComponentProps<'a'>) => <ArticleLink {...props} language={language} />,
    pre: (props: ComponentProps<'pre'>) => <pre {...props} tabIndex={0} />,
    table: (props: ComponentProps<'table'>) => <ArticleTable {...props} language={language} />,
    Note: ({ children }: { readonly children: ReactNode }) => <div className="note">{children}</div>,
    Snippet,
    Settings,
    VoiceSources: () => <VoiceSources language={language} />,
    Translators: () => <Translators language={language} />,
    ContextWays: () => <ContextWays language={language} />,
    CapacityFigures: () => <CapacityFigures language={language} />,
    SeedingFigures: () => <SeedingFigures language={language} />,
    Screenshot,
    TurnTimeline: () => <TurnTimeline language={language} />,
  }
}

function ArticleLink(props: ComponentProps<'a'> & { readonly language: Language }): ReactNode {
  const { language, href = '', children } = props
  if (!href.startsWith('/')) return <a href={href}>{children}</a>
  return (
    <Link href={localAddress(href, language)} prefetch={false}>
      {children}
    </Link>
  )
}

function ArticleTable(props: ComponentProps<'table'> & { readonly language: Language }): ReactNode {
  const { language, ...rest } = props
  const label = language === 'de' ? 'Tabelle' : 'Table'
  return (
    <div className="scroll" role="region" aria-label={label} tabIndex={0}>
      <table {...rest} />
    </div>
  )
}

function Snippet({ name }: { readonly name: string }): ReactNode {
  const code = reference.snippets[name]
  if (code === undefined) throw new Error(`There is no scripts/snippets/${name}.ts.`)
  return <Code>{code}</Code>
}

function Settings({ of }: { readonly of: string }): ReactNode {
  const group = settingGroups.find(({ id }) => id === of)
  if (!group) throw new Error(`There are no settings called ${of}.`)
  return <SettingTable group={group} />
}
