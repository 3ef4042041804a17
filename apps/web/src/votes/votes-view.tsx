'use client'

import { Menu } from '@base-ui/react/menu'
import { winTable, type Vote } from '@parley/compare'
import Link from 'next/link'
import { useEffect, useMemo, useState, type JSX } from 'react'
import { Icon } from '../components/icons.tsx'
import { saveFile } from '../components/save-file.ts'
import { useStore } from '../components/use-store.ts'
import { usePreferences } from '../i18n/page-preferences.tsx'
import { useVotesText } from '../i18n/votes-messages.ts'
import { ConfirmDialog, type Question } from '../runs/confirm-dialog.tsx'
import { createRunStore, type RunStore } from '../runs/run-store.ts'
import { EmptyState, StoreFailure } from '../runs/runs-states.tsx'
import { useKept } from '../runs/use-kept.ts'
import { useGateway } from '../shell/gateway-context.tsx'
import { Shell } from '../shell/shell.tsx'
import { votesCsv, votesJson } from './export-votes.ts'
import { PairsSection } from './pairs-section.tsx'
import { ReasonsSection } from './reasons-section.tsx'
import { StandingsSection } from './standings-section.tsx'
import { VoteFilters } from './vote-filters.tsx'
import { VoteList } from './vote-list.tsx'
import { plainVoteQuery, readVoteQuery, selectVotes, writeVoteQuery, type VoteQuery } from './vote-query.ts'

/** Where a blind comparison is set up. */
const blindAddress = '/compare?blind=1'

const readVotes = async (
  store: RunStore,
): Promise<{ readonly votes: readonly Vote[]; readonly runs: ReadonlyMap<string, string> }> => {
  const [votes, runs] = await Promise.all([store.votes(), store.list()])
  return { votes, runs: new Map(runs.map(({ id, title }) => [id, title])) }
}

/** Blind votes over time: who is preferred, how sure that is, and why. */
export function VotesView(props: { readonly search: string }): JSX.Element {
  const text = useVotesText()
  const { format } = usePreferences()
  const isGone = useStore(useGateway().reach) === 'gone'
  const store = useMemo(() => createRunStore(), [])
  const { kept, retry } = useKept(store, readVotes)
  const [query, setQuery] = useState(() => readVoteQuery(new URLSearchParams(props.search)))
  const [question, setQuestion] = useState<Question>()
  const [failed, setFailed] = useState(false)
  const address = writeVoteQuery(query).toString()
  useEffect(() => {
    history.replaceState(history.state, '', address === '' ? location.pathname : `?${address}`)
  }, [address])
  const all = kept.status === 'loaded' ? kept.value.votes : noVotes
  const votes = useMemo(() => selectVotes(all, query, Date.now()), [all, query])
  const table = useMemo(() => winTable(votes), [votes])
  const labels = useMemo(() => table.standings.map(({ label }) => label), [table])

  return (
    <Shell view="votes" main="votes" saysGone>
      <main className="votes" id="votes" tabIndex={-1}>
        <header className="runs-head">
          <div>
            <h1>{text.heading}</h1>
            <p role="status">{isGone ? text.gone : text.lead}</p>
          </div>
          {all.length > 0 && (
            <div className="runs-actions">
              <VotesExport votes={votes} />
              <Link className="button strong" href={blindAddress} prefetch={false}>
                {text.another}
              </Link>
            </div>
          )}
        </header>
        {kept.status === 'failed' && <StoreFailure problem={kept.problem} onRetry={retry} />}
        {kept.status === 'loading' && (
          <p className="state-loading" role="status">
            {text.loading}
          </p>
        )}
        {failed && (
          <p className="notice" role="alert">
            {text.list.failed}
          </p>
        )}
        {kept.status === 'loaded' && all.length === 0 && (
          <EmptyState title={text.empty} text={text.emptyText}>
            <Link className="button strong" href={blindAddress} prefetch={false} data-testid="begin-blind">
              {text.emptyAction}
            </Link>
          </EmptyState>
        )}
        {kept.status === 'loaded' && all.length > 0 && (
          <>
            <VoteFilters
              votes={all}
              query={query}
              onChange={(change: Partial<VoteQuery>) => setQuery({ ...query, ...change })}
            />
            <p className="runs-count" role="status" data-testid="count">
              {votes.length === 0 ? (
                <>
                  {text.none}{' '}
                  <button type="button" className="link-button" onClick={() => setQuery(plainVoteQuery)}>
                    {text.clear}
                  </button>
                </>
              ) : votes.length === 1 ? (
                text.summaryOne
              ) : (
                text.summary(
                  format.integer(table.votes),
                  format.integer(table.ties),
                  format.integer(table.none),
                )
              )}
            </p>
            {votes.length > 0 && (
              <>
                <div className="votes-columns">
                  <div>
                    <StandingsSection table={table} />
                    <ReasonsSection votes={votes} labels={labels} />
                  </div>
                  <PairsSection table={table} votes={votes} />
                </div>
                <VoteList
                  votes={votes}
                  runs={kept.value.runs}
                  onDelete={(vote) =>
                    setQuestion({
                      title: text.list.confirm,
                      text: text.list.confirmText,
                      does: text.list.does,
                      act() {
                        setFailed(false)
                        store.deleteVote(vote.id).catch(() => setFailed(true))
                      },
                    })
                  }
                />
              </>
            )}
          </>
        )}
        <ConfirmDialog question={question} onClose={() => setQuestion(undefined)} />
      </main>
    </Shell>
  )
}

const noVotes: readonly Vote[] = []

function VotesExport({ votes }: { readonly votes: readonly Vote[] }): JSX.Element {
  const { export: text } = useVotesText()
  const save = (content: string, type: string, ending: string): void =>
    saveFile(new Blob([content], { type }), `parley-votes-${new Date().toISOString().slice(0, 10)}.${ending}`)
  return (
    <Menu.Root>
      <Menu.Trigger className="button" data-testid="export-votes">
        <Icon name="download" size={16} />
        {text.label}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" align="end" sideOffset={6}>
          <Menu.Popup className="menu">
            <Menu.Item
              className="menu-item"
              data-testid="export-csv"
              onClick={() => save(votesCsv(votes), 'text/csv', 'csv')}
            >
              {text.csv}
            </Menu.Item>
            <Menu.Item
              className="menu-item"
              data-testid="export-json"
              onClick={() => save(votesJson(votes), 'application/json', 'json')}
            >
              {text.json}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
