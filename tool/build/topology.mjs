// Rings of points out of TopoJSON, which keeps borders that are shared once.
// https://github.com/topojson/topojson-specification

function decode( topology, arc, project ) {
	const [ scaleX, scaleY ] = topology.transform.scale;
	const [ left, bottom ] = topology.transform.translate;
	let x = 0;
	let y = 0;
	return arc.map( ( [ dx, dy ] ) => {
		x += dx;
		y += dy;
		return project( x * scaleX + left, y * scaleY + bottom ).map( Math.round );
	} );
}

function ring( arcs, indexes ) {
	const points = indexes.flatMap( ( index ) =>
		index < 0 ? arcs[ ~index ].toReversed() : arcs[ index ] );
	return points.filter( ( [ x, y ], place ) => {
		const before = points[ place - 1 ];
		return !before || before[ 0 ] !== x || before[ 1 ] !== y;
	} );
}

/**
 * Of each geometry of an object its rings, those of holes as well. `project` makes
 * two numbers, which are then rounded, from degrees east and north.
 */
export function ringsOf( topology, name, project ) {
	const arcs = topology.arcs.map( ( arc ) => decode( topology, arc, project ) );
	return topology.objects[ name ].geometries.map( ( geometry ) => {
		const polygons = geometry.type === 'Polygon' ? [ geometry.arcs ] : geometry.arcs;
		const rings = polygons.flat()
			.map( ( indexes ) => ring( arcs, indexes ) )
			.filter( ( points ) => points.length > 3 );
		return { geometry, rings };
	} );
}
