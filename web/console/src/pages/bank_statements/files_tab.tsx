import { Anchor } from '@mantine/core'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { api, answered } from '../../api/client'
import type { Schema } from '../../api/types'
import { useLanguage } from '../../i18n/language'
import { DataTable } from '../../ui/data_table/data_table'
import { asQuery, type Column, type ListOf } from '../../ui/data_table/types'
import { InstantText } from '../../ui/dates'
import { Empty } from '../../ui/empty'
import { formatCount } from '../../ui/format'
import { Landmark } from '../../ui/icons'
import { useBankText } from './messages'

type Statement = Schema<'BankStatement'>
const counts = ['credits', 'known', 'matched', 'unmatched', 'debits', 'reversals', 'pending'] as const
const mostly_wanted: readonly string[] = ['credits', 'matched', 'unmatched']

export function FilesTab() {
  const t = useBankText()
  const { locale } = useLanguage()
  const list = useMemo<ListOf<Statement>>(() => {
    const linesOf = (s: Statement) => `/bank-statements/lines?statement=${encodeURIComponent(s.id)}`
    return {
      name: 'bank-statements',
      label: t('tab_files'),
      columns: [
        {
          id: 'file', header: t('file'), text: (s) => s.file_name,
          cell: (s) => (
            <Anchor component={Link} to={linesOf(s)} fz="sm" fw={500}>
              {s.file_name || s.id}
            </Anchor>
          ),
        },
        { id: 'format', header: t('format'), wideOnly: true, cell: (s) => t(`format_${s.format}`), text: (s) => s.format },
        { id: 'imported', header: t('imported'), wideOnly: true, cell: (s) => <InstantText value={s.imported_at} />, text: (s) => s.imported_at },
        ...counts.map(
          (name): Column<Statement> => ({
            id: name, header: t(name), numeric: true, hidden: !mostly_wanted.includes(name),
            cell: (s) => formatCount(s[name], locale), text: (s) => `${s[name]}`,
          }),
        ),
      ],
      load: (asked, signal) => answered(api.GET('/api/v1/bank-statements', { params: { query: asQuery(asked) }, ...(signal ? { signal } : {}) })),
      rowKey: (s) => s.id,
      rowLink: linesOf,
      empty: <Empty icon={Landmark} title={t('no_files')} hint={t('no_files_hint')} />,
    }
  }, [t, locale])
  return <DataTable list={list} />
}
