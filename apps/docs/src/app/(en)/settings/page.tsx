import type { ReactNode } from 'react'
import { SettingTable } from '../../../components/setting-table.tsx'
import { settingGroups } from '../../../facts/settings.ts'
import { SectionPage } from '../../../site/section-page.tsx'
import { pageMetadata } from '../../../site/shell.tsx'

const lead =
  'Variables of the environment, read once at the start. A wrong one is named with what is wrong about it, all of them at once.'

export const metadata = pageMetadata({
  path: '/settings/',
  language: 'en',
  title: 'Settings',
  description: lead,
})

export default function Page(): ReactNode {
  return (
    <SectionPage
      language="en"
      path="/settings/"
      title="Settings"
      lead={lead}
      sections={settingGroups.map((group) => ({
        id: group.id,
        title: group.title,
        body: <SettingTable group={group} />,
      }))}
    />
  )
}
