import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { useDirection } from '@mantine/core'
import classes from './dashboard.module.css'
import { useDashboardText } from './messages'

export interface Bar {
  month: string
  net: number
  cash: number
}

interface Props {
  bars: Bar[]
  axis: (height: number) => string
}

const at_the_right = { orientation: 'right', tick: { transform: 'translate(10, 0)', fontSize: 12, fill: 'currentColor' } } as const

// The table below it says the same digit by digit, to everybody: this is for the eye alone.
export default function MonthChart({ bars, axis }: Props) {
  const t = useDashboardText()
  const isMirrored = useDirection().dir === 'rtl'
  return (
    <div aria-hidden className={classes.chart}>
      <BarChart
        h={220}
        data={bars}
        dataKey="month"
        series={[
          { name: 'net', label: t('net'), color: 'sluice.6' },
          { name: 'cash', label: t('cash'), color: 'orange.5' },
        ]}
        valueFormatter={axis}
        barChartProps={{ accessibilityLayer: false, barGap: 2 }}
        barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
        xAxisProps={{ reversed: isMirrored }}
        yAxisProps={{ width: 56, ...(isMirrored && at_the_right) }}
        withTooltip={false}
        withLegend
        // In the order of the bars.
        legendProps={{ itemSorter: null }}
        tickLine="none"
      />
    </div>
  )
}
