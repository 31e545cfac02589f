/* Adds the reader's own time to an event elsewhere; the server knows only its and UTC. */

for ( const time of document.querySelectorAll( 'time[data-local]' ) ) {
	const local = new Intl.DateTimeFormat( document.documentElement.lang, {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		hour: 'numeric',
		minute: '2-digit',
		timeZoneName: 'short'
	} ).format( new Date( time.dateTime ) );
	const line = document.createElement( 'span' );
	line.classList.add( 'local', 'small' );
	line.textContent = time.dataset.local.replace( '$1', local );
	time.parentElement.append( document.createElement( 'br' ), line );
}
