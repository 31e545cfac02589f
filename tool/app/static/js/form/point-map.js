/* A small map under the coordinates: a click on it, or a drag of the mark, sets them. */

const PAIR = /^\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,;]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*$/;
const ZOOM = { far: 1, near: 13, most: 18 };
const DIGITS = 5; // of a degree: a metre

function read( input ) {
	const [ , north, east ] = PAIR.exec( input.value ) ?? [];
	return north === undefined ? null : [ Number( north ), Number( east ) ];
}

function draw( figure, input ) {
	const map = L.map( figure.querySelector( '[data-point-map-tiles]' ) );
	L.tileLayer( figure.dataset.tiles, {
		maxZoom: ZOOM.most,
		attribution: figure.dataset.credit
	} ).addTo( map );
	const mark = L.marker( [ 0, 0 ], { draggable: true, keyboard: false, alt: '' } );

	function follow() {
		const point = read( input );
		if ( point ) {
			mark.setLatLng( point ).addTo( map );
			map.setView( point, Math.max( map.getZoom() ?? 0, ZOOM.near ) );
		} else {
			mark.remove();
			map.setView( [ 20, 0 ], ZOOM.far );
		}
	}

	function set( { lat, lng } ) {
		const east = L.Util.wrapNum( lng, [ -180, 180 ], true );
		input.value = `${ lat.toFixed( DIGITS ) }, ${ east.toFixed( DIGITS ) }`;
		mark.setLatLng( [ lat, east ] ).addTo( map );
		input.dispatchEvent( new Event( 'input', { bubbles: true } ) );
	}

	map.on( 'click', ( event ) => set( event.latlng ) );
	mark.on( 'dragend', () => set( mark.getLatLng() ) );
	input.addEventListener( 'change', follow );
	follow();
}

/* Leaflet measures its box, so the map is drawn when it is first to be seen; most readers
   of the form never see it, so it is also asked for then. */
export function pointMap( form ) {
	const figure = form.querySelector( '[data-point-map]' );
	const input = form.elements.namedItem( 'coordinates' );
	if ( !figure || !input ) {
		return;
	}
	const precision = form.elements.namedItem( 'precision' );
	const show = () => {
		figure.hidden = precision.value !== 'exact';
	};
	precision.addEventListener( 'change', show );
	show();
	new IntersectionObserver( async ( [ entry ], observer ) => {
		if ( entry.isIntersecting ) {
			observer.disconnect();
			await import( figure.dataset.leaflet );
			draw( figure, input );
		}
	} ).observe( figure );
}
