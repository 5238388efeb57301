import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useMay } from '../../session/session'
import { StateBadge } from '../../parts/state_badge'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { Bell } from '../../ui/icons'
import { kindWords, useKindText } from './kind_messages'
import { useSettingsPageText } from './messages'
import { TemplateDialog } from './template_dialog'

type Template = Schema<'MessageTemplate'>

export default function TemplatesTab() {
  const t = useSettingsPageText()
  const words = useKindText()
  const isOwner = useMay('owner')
  const [edited, edit] = useState<Template | null>(null)
  const list = useMemo<ListOf<Template>>(
    () => ({
      name: 'message-templates',
      label: t('tab_templates'),
      columns: [
        { id: 'kind', header: t('kind'), cell: (m) => kindWords(m.kind, words), text: (m) => m.kind },
        { id: 'language', header: t('template_language'), wideOnly: true, cell: (m) => m.language, text: (m) => m.language },
        { id: 'subject', header: t('subject'), cell: (m) => m.subject, text: (m) => m.subject },
        { id: 'own', header: t('own'), wideOnly: true, cell: (m) => <StateBadge tone={m.own ? 'busy' : 'quiet'}>{t(m.own ? 'own_yes' : 'own_no')}</StateBadge>, text: (m) => `${m.own}` },
        {
          id: 'actions', header: t('actions'), text: () => '',
          cell: (m) => (
            <Button size="compact-sm" variant="default" onClick={() => edit(m)}>
              {t(isOwner ? 'edit_template' : 'show')}
            </Button>
          ),
        },
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/message-templates', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (m) => `${m.kind} ${m.language}`,
      empty: <Empty icon={Bell} title={t('no_templates')} hint={t('mail_none_hint')} />,
    }),
    [t, words, isOwner],
  )
  return (
    <>
      <DataTable list={list} />
      {edited && <TemplateDialog template={edited} onClose={() => edit(null)} />}
    </>
  )
}
