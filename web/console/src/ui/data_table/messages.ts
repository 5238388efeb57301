import { catalogue } from '../../i18n/catalogue'

export const useTableText = catalogue({
  en: {
    more: 'Show more', columns: 'Columns', csv: 'Export CSV', exporting: 'Exporting: {count}', exported: { one: '{count} row exported', other: '{count} rows exported' },
    views: 'Views', save_view: 'Save this view', view_name: 'Name of the view', save: 'Save', remove_view: 'Remove the view {name}', no_views: 'Filters, order and columns can be kept as a view.',
    clear: 'Clear filters', nothing: 'Nothing matches these filters', nothing_hint: 'Take a filter away, or search for the beginning of another word.',
    shown: { one: '{count} shown', other: '{count} shown' }, shown_more: '{count} shown, there are more', select: 'Select {row}', select_all: 'Select all that are shown', chosen: { one: '{count} selected', other: '{count} selected' },
    any: 'any', sorted: 'Sort by {column}', loading: 'Loading',
  },
  es: {
    more: 'Mostrar más', columns: 'Columnas', csv: 'Exportar CSV', exporting: 'Exportando: {count}', exported: { one: '{count} fila exportada', other: '{count} filas exportadas' },
    views: 'Vistas', save_view: 'Guardar esta vista', view_name: 'Nombre de la vista', save: 'Guardar', remove_view: 'Quitar la vista {name}', no_views: 'Filtros, orden y columnas se pueden guardar como vista.',
    clear: 'Quitar filtros', nothing: 'Nada coincide con estos filtros', nothing_hint: 'Quite un filtro o busque el comienzo de otra palabra.',
    shown: { one: '{count} en pantalla', other: '{count} en pantalla' }, shown_more: '{count} en pantalla, hay más', select: 'Seleccionar {row}', select_all: 'Seleccionar todo lo mostrado', chosen: { one: '{count} seleccionado', other: '{count} seleccionados' },
    any: 'cualquiera', sorted: 'Ordenar por {column}', loading: 'Cargando',
  },
  ar: {
    more: 'عرض المزيد', columns: 'الأعمدة', csv: 'تصدير CSV', exporting: { zero: 'جارٍ التصدير: لا صفوف بعد', one: 'جارٍ التصدير: صف واحد', two: 'جارٍ التصدير: صفان', few: 'جارٍ التصدير: {count} صفوف', many: 'جارٍ التصدير: {count} صفًا', other: 'جارٍ التصدير: {count} صف' }, exported: { zero: 'لم يُصدَّر أي صف', one: 'صُدِّر صف واحد', two: 'صُدِّر صفان', few: 'صُدِّرت {count} صفوف', many: 'صُدِّر {count} صفًا', other: 'صُدِّر {count} صف' },
    views: 'العروض', save_view: 'حفظ هذا العرض', view_name: 'اسم العرض', save: 'حفظ', remove_view: 'إزالة العرض {name}', no_views: 'يمكن حفظ المرشحات والترتيب والأعمدة كعرض.',
    clear: 'مسح المرشحات', nothing: 'لا شيء يطابق هذه المرشحات', nothing_hint: 'أزل مرشحًا أو ابحث عن بداية كلمة أخرى.',
    shown: { zero: 'لا صفوف معروضة', one: 'صف واحد معروض', two: 'صفان معروضان', few: '{count} صفوف معروضة', many: '{count} صفًا معروضًا', other: '{count} صف معروض' }, shown_more: { zero: 'لا صفوف معروضة، وهناك المزيد', one: 'صف واحد معروض، وهناك المزيد', two: 'صفان معروضان، وهناك المزيد', few: '{count} صفوف معروضة، وهناك المزيد', many: '{count} صفًا معروضًا، وهناك المزيد', other: '{count} صف معروض، وهناك المزيد' }, select: 'تحديد {row}', select_all: 'تحديد كل المعروض', chosen: { zero: 'لا صفوف محددة', one: 'صف واحد محدد', two: 'صفان محددان', few: '{count} صفوف محددة', many: '{count} صفًا محددًا', other: '{count} صف محدد' },
    any: 'الكل', sorted: 'ترتيب حسب {column}', loading: 'جارٍ التحميل',
  },
})
