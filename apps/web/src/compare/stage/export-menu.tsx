'use client'

import { Menu } from '@base-ui/react/menu'
import type { Comparison } from '@parley/compare'
import Link from 'next/link'
import type { JSX } from 'react'
import { Icon } from '../../components/icons.tsx'
import { useCompareText } from '../../i18n/compare-messages.ts'
import { usePreferences } from '../../i18n/page-preferences.tsx'
import type { ComparisonState } from '../comparison-state.ts'
import { exportKinds, saveExport } from '../save-export.ts'

/** Where the comparison is kept, and files of it. */
export function ExportMenu(props: {
  /** `undefined` while it runs or is blind: there is nothing to export yet. */
  readonly comparison: Comparison | undefined
  readonly kept: ComparisonState['kept']
}): JSX.Element {
  const { comparison, kept } = props
  const { keep: text } = useCompareText()
  const { language } = usePreferences()
  return (
    <div className="transport-group transport-end">
      <span className="kept" role="status" data-testid="kept" data-kept={kept}>
        {kept === 'kept' && comparison && (
          <Link href={`/runs/${comparison.id}`} title={text.kept} prefetch={false}>
            {text.open}
          </Link>
        )}
        {kept === 'keeping' && text.keeping}
      </span>
      <Menu.Root>
        <Menu.Trigger className="button" disabled={comparison === undefined} data-testid="export">
          <Icon name="download" size={16} />
          {text.export}
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-place" align="end" sideOffset={6}>
            <Menu.Popup className="menu">
              {exportKinds.map((kind) => (
                <Menu.Item
                  key={kind}
                  className="menu-item"
                  data-testid={`export-${kind}`}
                  onClick={() => comparison && void saveExport(comparison, kind, language)}
                >
                  {text[kind]}
                </Menu.Item>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  )
}

/** What to do when a comparison could not be kept. */
export function KeepProblem({ kept }: { readonly kept: ComparisonState['kept'] }): JSX.Element | null {
  const { keep: text } = useCompareText()
  if (kept === 'no' || kept === 'keeping' || kept === 'kept') return null
  return (
    <p className="notice" role="alert" data-testid="keep-problem">
      {text[kept]}
    </p>
  )
}
