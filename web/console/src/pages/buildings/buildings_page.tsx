import { Anchor } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { operations } from '../../api/schema'
import type { Schema } from '../../api/types'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type ListOf } from '../../ui/data_table/types'
import { Empty } from '../../ui/empty'
import { Building2 } from '../../ui/icons'
import { Money } from '../../ui/money'
import { Page } from '../../ui/page'
import { useBuildingText } from './messages'
import { buildingPath } from './requests'

type Query = NonNullable<operations['list_subscribers']['parameters']['query']>

// Subscribers of this category have units mostly; another one may be chosen.
const usual_category = 'mdu'

export default function BuildingsPage() {
  const t = useBuildingText()
  const list = useMemo<ListOf<Schema<'Subscriber'>>>(
    () => ({
      name: 'buildings',
      label: t('title'),
      columns: [
        {
          id: 'name', header: t('name'), sort: 'name', text: (s) => s.name,
          cell: (s) => (
            <Anchor component={Link} to={buildingPath(s.code)} fz="sm" fw={500}>
              {s.organization || s.name || s.code}
            </Anchor>
          ),
        },
        { id: 'code', header: t('code'), sort: 'code', wideOnly: true, cell: (s) => s.code, text: (s) => s.code },
        { id: 'region', header: t('region'), wideOnly: true, cell: (s) => s.region, text: (s) => s.region },
        { id: 'balance', header: t('balance'), sort: 'balance', numeric: true, cell: (s) => <Money value={s.balance} owing />, text: (s) => s.balance.amount },
      ],
      filters: [
        { id: 'q', label: t('search'), kind: 'search' },
        { id: 'category', label: `${t('category')}: ${usual_category}`, kind: 'text' },
        { id: 'region', label: t('region'), kind: 'text' },
      ],
      load: (asked, signal) =>
        answered(api.GET('/api/v1/subscribers', { params: { query: { category: usual_category, ...asQuery<Query>(asked) } }, ...(signal ? { signal } : {}) })),
      rowKey: (s) => s.code,
      rowLink: (s) => buildingPath(s.code),
      empty: <Empty icon={Building2} title={t('none')} hint={t('none_hint')} />,
    }),
    [t],
  )
  return (
    <Page title={t('title')}>
      <DataTable list={list} />
    </Page>
  )
}
