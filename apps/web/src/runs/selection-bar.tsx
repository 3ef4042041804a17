'use client'

import { Menu } from '@base-ui/react/menu'
import type { JSX } from 'react'
import { exportKinds } from '../compare/save-export.ts'
import { Icon } from '../components/icons.tsx'
import { useRunsText } from '../i18n/runs-messages.ts'
import type { RunActions } from './run-row.tsx'
import type { RunSummary } from './run-summary.ts'

/** What can be done with the runs that are chosen. */
export function SelectionBar(props: {
  readonly chosen: readonly RunSummary[]
  readonly actions: RunActions
  readonly onCompare: () => void
  readonly onClear: () => void
}): JSX.Element {
  const { chosen, actions } = props
  const text = useRunsText()
  const hasSound = chosen.some(({ soundBytes }) => soundBytes > 0)
  return (
    <section className="selection" aria-label={text.selection.label} data-testid="selection">
      <p role="status">{text.selection.count(chosen.length)}</p>
      <button
        type="button"
        className="button strong"
        disabled={chosen.length !== 2}
        title={chosen.length === 2 ? undefined : text.selection.compareHint}
        data-testid="compare-chosen"
        onClick={props.onCompare}
      >
        {text.selection.compare}
      </button>
      <Menu.Root>
        <Menu.Trigger className="button" data-testid="export-chosen">
          <Icon name="download" size={16} />
          {text.selection.export}
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" side="top" sideOffset={6}>
            <Menu.Popup className="menu">
              {exportKinds.map((kind) => (
                <Menu.Item
                  key={kind}
                  className="menu-item"
                  data-testid={`export-${kind}`}
                  onClick={() =>
                    actions.export(
                      chosen.map(({ id }) => id),
                      kind,
                    )
                  }
                >
                  {text.export[kind]}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <button
        type="button"
        className="button"
        disabled={!hasSound}
        onClick={() => actions.dropSound(chosen)}
        data-testid="drop-chosen"
      >
        {text.actions.dropSound}
      </button>
      <button
        type="button"
        className="button danger"
        onClick={() => actions.delete(chosen)}
        data-testid="delete-chosen"
      >
        {text.actions.delete}
      </button>
      <button
        type="button"
        className="quiet-button square"
        aria-label={text.selection.clear}
        title={text.selection.clear}
        onClick={props.onClear}
      >
        <Icon name="close" size={18} />
      </button>
    </section>
  )
}
