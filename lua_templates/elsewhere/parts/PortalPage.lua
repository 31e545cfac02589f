-- No page of this wiki is one of the portal.
return { current = function () return nil end }
