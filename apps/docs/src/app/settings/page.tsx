import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SettingTable } from '../../components/setting-table.tsx'
import { settingGroups } from '../../facts/settings.ts'

export const metadata: Metadata = { title: 'Settings' }

export default function Page(): ReactNode {
  return (
    <>
      <h1>Settings</h1>
      <p className="lead">
        Variables of the environment, read once at the start. A wrong one is named with what is wrong about
        it, all of them at once.
      </p>
      <ul className="jump">
        {settingGroups.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ul>
      {settingGroups.map((group) => (
        <section key={group.id} id={group.id} aria-labelledby={`${group.id}-title`}>
          <h2 id={`${group.id}-title`}>{group.title}</h2>
          <SettingTable group={group} />
        </section>
      ))}
    </>
  )
}
