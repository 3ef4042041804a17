import type { ReactNode } from 'react'
import type { SettingGroup } from '../facts/setting-group.ts'
import { DataTable } from './data-table.tsx'

/** The settings of one backend. */
export function SettingTable({ group }: { readonly group: SettingGroup }): ReactNode {
  return (
    <DataTable
      label={`Settings: ${group.title}`}
      heads={['Variable', 'Without it', 'Meaning']}
      rows={group.settings.map(({ names, usual, meaning }) => ({
        id: names.join(' '),
        cells: [
          names.map((name) => (
            <code key={name} className="setting">
              {name}
            </code>
          )),
          usual,
          meaning,
        ],
      }))}
    />
  )
}
