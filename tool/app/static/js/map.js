/* The map with Wikimedia's tiles, in place of the drawing. The list below stays. */

const ZOOM = { start: 2, most: 15 };

function popup( feature ) {
	const link = document.createElement( 'a' );
	link.href = feature.properties.page;
	link.dir = 'auto';
	link.textContent = feature.properties.title;
	return link;
}

async function show( place ) {
	const response = await fetch( place.dataset.features );
	if ( !response.ok ) {
		return;
	}
	const features = await response.json();
	place.hidden = false;
	const map = L.map( place, { worldCopyJump: true } ).setView( [ 20, 10 ], ZOOM.start );
	L.tileLayer( place.dataset.tiles, {
		maxZoom: ZOOM.most,
		attribution: place.dataset.credit
	} ).addTo( map );
	const marks = L.markerClusterGroup( { maxClusterRadius: 40 } );
	marks.addLayer( L.geoJSON( features, {
		onEachFeature: ( feature, layer ) => layer.bindPopup( () => popup( feature ) )
	} ) );
	map.addLayer( marks );
	document.querySelector( '.world' ).toggleAttribute( 'hidden', true );
}

const place = document.querySelector( '[data-tiles]' );
if ( place ) {
	show( place );
}
